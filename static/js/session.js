// Counts down the idle session in the strip, says so politely when little is left, and clears the screen at the end:
// personal data must not stay on an unattended machine. Every answer of the server starts the count again.
"use strict";

(() => {
  const place = document.querySelector("[data-session-seconds]");
  if (!place) return;

  const WARN_AT_MINUTES = [5, 1];
  const seconds = Number(place.dataset.sessionSeconds);
  let endsAt = Date.now() + seconds * 1000;
  let shown = null;

  const region = document.getElementById("anuncio");
  const extend = document.querySelector("[data-session-extend]");
  const words = (minutes) => (minutes === 1 ? "1 minuto" : `${minutes} minutos`);

  function tick() {
    const left = endsAt - Date.now();
    if (left <= 0) {
      // The server ends the session too: the reload leads to the login page.
      document.body.replaceChildren();
      location.reload();
      return;
    }
    const minutes = Math.ceil(left / 60000);
    if (minutes !== shown) {
      shown = minutes;
      place.textContent = ` · sessão expira em ${minutes} min`;
      if (extend) extend.hidden = minutes > WARN_AT_MINUTES[0];
      if (WARN_AT_MINUTES.includes(minutes) && region) {
        region.textContent = `Sua sessão expira em ${words(minutes)} sem uso. Use “continuar conectado”, no alto da página.`;
      }
    }
    // A second is enough for minutes, and a laptop that wakes up notices at once.
    setTimeout(tick, 1000);
  }

  document.addEventListener("htmx:afterRequest", (event) => {
    // A page that refreshes itself is no sign that somebody is there, for the server either.
    if (event.detail.requestConfig.headers["X-Background"]) return;
    if (event.detail.successful) endsAt = Date.now() + seconds * 1000;
  });

  tick();
})();
