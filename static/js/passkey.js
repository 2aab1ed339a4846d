// Passkeys: asks the server what to sign, the authenticator to sign it, and hands the answer back. The server alone
// decides. Nothing is kept in the browser; whoever has no JavaScript types the code.
"use strict";

(() => {
  const SAID = {
    NotAllowedError: "A operação foi cancelada, ou o tempo acabou. Tente de novo.",
    InvalidStateError: "Esta chave de acesso já está cadastrada na sua conta.",
    NotSupportedError: "Este aparelho não tem uma chave de acesso que sirva.",
    ConstraintError: "Esta chave não confirma quem a usa. Crie nela um PIN, ou cadastre a digital, e tente de novo.",
  };
  const UNSUPPORTED = "Este navegador, ou este endereço, não oferece chaves de acesso.";
  const FAILED = "Não foi possível usar a chave de acesso. Tente de novo.";
  const NO_ANSWER = "Sem resposta do servidor. Verifique a conexão e tente de novo.";

  // What the server said, in words for the person.
  class Refusal extends Error {}

  const toBytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const toText = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "");

  // Resolves to null when the page must be asked for anew: the session, or the fresh second factor, is over.
  async function post(form, url, body) {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    let answer;
    try {
      answer = await fetch(url, {
        method: "POST",
        headers: { "X-CSRFToken": token, "Content-Type": "application/json" },
        body: JSON.stringify(body),
        redirect: "manual",
      });
    } catch {
      throw new Refusal(NO_ANSWER);
    }
    if (answer.type === "opaqueredirect") return null;
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return said;
    const code = answer.headers.get("X-Request-ID");
    throw new Refusal(said.error ?? `Não foi possível concluir (erro ${answer.status}).${code ? ` Código: ${code}` : ""}`);
  }

  const known = (keys = []) => keys.map((key) => ({ ...key, id: toBytes(key.id) }));

  function create(options) {
    return navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        user: { ...options.user, id: toBytes(options.user.id) },
        excludeCredentials: known(options.excludeCredentials),
      },
    });
  }

  function get(options) {
    return navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        allowCredentials: known(options.allowCredentials),
      },
    });
  }

  function written(credential) {
    const { response } = credential;
    const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
    return {
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: {
        ...Object.fromEntries(parts.filter((part) => response[part]).map((part) => [part, toText(response[part])])),
        ...(response.getTransports ? { transports: response.getTransports() } : {}),
      },
    };
  }

  function wordsFor(error, domain) {
    if (error instanceof Refusal) return error.message;
    if (error.name === "SecurityError") {
      return `Este endereço não aceita chaves de acesso: abra a plataforma por ${domain}.`;
    }
    return SAID[error.name] ?? FAILED;
  }

  // True if the browser is on its way to another page.
  async function run(form, tell) {
    const { passkey: kind, passkeyBegin: begin, passkeyComplete: complete } = form.dataset;
    let domain = "";
    try {
      const options = await post(form, begin, {});
      if (options) {
        domain = options.rpId ?? options.rp.id;
        const credential = await (kind === "create" ? create(options) : get(options));
        const { name, next } = Object.fromEntries(new FormData(form));
        const done = await post(form, complete, { answer: written(credential), name, next });
        if (done) {
          location.assign(done.next);
          return true;
        }
      }
      location.reload();
      return true;
    } catch (error) {
      tell(wordsFor(error, domain));
      return false;
    }
  }

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const button = form.querySelector("[type=submit]");
    const place = form.querySelector("[data-passkey-error]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      place.textContent = "";
      if (!window.PublicKeyCredential) {
        place.textContent = UNSUPPORTED;
        return;
      }
      button.disabled = true;
      const leaving = await run(form, (text) => {
        place.textContent = text;
      });
      button.disabled = leaving;
      if (!leaving) button.focus();
    });
  });
})();
