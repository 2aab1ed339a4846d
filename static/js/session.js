// Tells how long the session has left: in the strip, then in a dialog that offers to go on; at the end it clears the
// screen, for personal data must not stay on an unattended machine. The server decides and is asked before anything is
// said or cleared, since another tab may have been in use meanwhile. Nothing is kept in the browser.
"use strict";

(() => {
  const place = document.querySelector("[data-session-idle]");
  if (!place) return;

  const LONGEST_WARNING_S = 120;
  const ASK_EVERY_S = 10;
  const ANSWER_WITHIN_MS = 4000;
  const SAID_AT_S = [60, 30, 10];
  const { sessionUrl: url } = place.dataset;
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  const dialog = document.getElementById("sessao");
  const part = (name) => dialog.querySelector(`[data-session-${name}]`);
  const region = document.getElementById("anuncio");
  const extend = document.querySelector("[data-session-extend]");
  const idleS = Number(place.dataset.sessionIdle);
  const warnS = Math.min(LONGEST_WARNING_S, Math.max(1, Math.floor(idleS / 2)));

  let idleEnds = 0;
  let totalEnds = 0;
  let asking = null;
  let askedAt = 0;
  let saidAt = Infinity;
  let dismissed = false;

  const note = ({ idle, total }) => {
    idleEnds = Date.now() + idle * 1000;
    totalEnds = Date.now() + total * 1000;
  };
  const secondsLeft = () => Math.ceil((Math.min(idleEnds, totalEnds) - Date.now()) / 1000);
  // Near the longest time a session may last, use no longer helps.
  const isLast = () => totalEnds <= idleEnds;
  const words = (seconds) => {
    if (seconds < 90) return seconds === 1 ? "1 segundo" : `${seconds} segundos`;
    return `${Math.ceil(seconds / 60)} minutos`;
  };

  function leave() {
    document.body.replaceChildren();
    location.reload(); // the server ends the session too: this leads to the login page
  }

  // Asks what is left; true if the session is open. A GET marked as the page's own is no sign that somebody is there.
  async function ask(method = "GET") {
    askedAt = Date.now();
    try {
      const answer = await fetch(url, {
        method,
        headers: method === "GET" ? { "X-Background": "true" } : headers,
        redirect: "manual",
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      if (!answer.ok) return false;
      note(await answer.json());
      return true;
    } catch {
      return secondsLeft() > 0; // no connection: the count goes on
    }
  }

  function askOnce() {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  }

  async function goOn() {
    if (!(await ask("POST"))) return leave();
    dismissed = isLast();
    dialog.close();
    return show();
  }

  function say(seconds) {
    const due = SAID_AT_S.find((mark) => seconds <= mark && saidAt > mark);
    if (due === undefined || !region) return;
    saidAt = due;
    region.textContent = `Sua sessão termina em ${words(seconds)}.`;
  }

  function open(seconds) {
    const last = isLast();
    part("text").textContent = last ? "O tempo máximo da sessão acaba em" : "Sem uso, ela acaba em";
    part("note").textContent = last
      ? "Este limite não se estende: guarde o que estiver escrevendo e entre de novo."
      : "O que estiver escrito e não foi enviado se perde quando ela acabar.";
    part("offer").hidden = last;
    part("count").textContent = words(seconds);
    if (dialog.open || dismissed) return;
    dialog.showModal();
    (last ? part("close") : part("go-on")).focus();
  }

  function show() {
    const seconds = secondsLeft();
    const warning = seconds <= warnS;
    place.textContent = ` · sessão expira em ${seconds < 90 ? `${Math.max(0, seconds)} s` : `${Math.ceil(seconds / 60)} min`}`;
    if (extend) extend.hidden = isLast() || seconds > 5 * 60;
    if (warning) {
      open(seconds);
      say(seconds);
      return;
    }
    dismissed = false;
    saidAt = Infinity;
    if (dialog.open) dialog.close();
  }

  async function tick() {
    const every = Math.min(ASK_EVERY_S, Math.max(1, warnS / 2)) * 1000;
    // Before warning, while it stands, and before clearing.
    const near = secondsLeft() <= warnS && (Date.now() - askedAt >= every || secondsLeft() <= 0);
    if (near && !(await askOnce())) return leave();
    show();
    // A second is enough, and a laptop that wakes up notices at once.
    return setTimeout(tick, 1000);
  }

  note({ idle: idleS, total: Number(place.dataset.sessionTotal) });
  part("go-on").addEventListener("click", goOn);
  extend?.addEventListener("click", goOn);
  part("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dismissed = secondsLeft() <= warnS;
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) askOnce().then((open) => (open ? show() : leave()));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    // A page that refreshes itself is no sign that somebody is there, for the server either.
    if (event.detail.requestConfig.headers["X-Background"] || !event.detail.successful) return;
    idleEnds = Date.now() + idleS * 1000;
  });

  tick();
})();
