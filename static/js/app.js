// What several screens share: copying, dialogs, printing, forms that submit as they change, and what happens around
// an htmx request. Pages are complete without it.
"use strict";

(() => {
  const announce = (text) => {
    const region = document.getElementById("anuncio");
    if (region) region.textContent = text;
  };

  const toast = (text) => {
    const box = document.getElementById("aviso");
    if (!box) return;
    box.querySelector("[data-toast-text]").textContent = text;
    box.hidden = false;
  };

  async function copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      announce("Copiado.");
    } catch {
      announce("O navegador não permitiu copiar. Selecione o texto e copie.");
    }
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    const copier = target.closest("[data-copy]");
    if (copier) copy(copier);
    const opener = target.closest("[data-dialog]");
    if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
    if (target.closest("[data-print]")) window.print();
    if (target.closest("[data-toast-close]")) document.getElementById("aviso").hidden = true;
    // A click on the backdrop lands on the dialog itself.
    if (target instanceof HTMLDialogElement) target.close();
  });

  // Facets and sort order apply as they change; without JavaScript the form has its button.
  document.addEventListener("change", (event) => {
    // .form, not closest(): the order control stands outside the form it belongs to.
    const { form } = event.target;
    if (form?.matches("[data-submit-on-change]")) form.requestSubmit();
  });

  // On a phone the facets would push the results off the screen: they start folded.
  function foldWhenNarrow() {
    if (!matchMedia("(max-width: 56.1875rem)").matches) return;
    document.querySelectorAll("[data-fold-when-narrow]").forEach((details) => {
      details.open = false;
    });
  }

  foldWhenNarrow();

  // --- htmx: the old content stays, greyed, until the new one is there --------------------------------------------
  // What refreshes by itself neither greys nor repeats what was said.
  const background = (event) => Boolean(event.detail.requestConfig?.headers["X-Background"]);
  const busy = (event, value) => {
    if (!background(event)) event.detail.target?.setAttribute("aria-busy", value);
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    busy(event, "true");
    const old = document.getElementById("aviso");
    if (old) old.hidden = true;
  });
  document.addEventListener("htmx:afterRequest", (event) => busy(event, "false"));

  document.addEventListener("htmx:afterSwap", (event) => {
    const dialog = event.detail.target.closest?.("dialog");
    if (dialog && !dialog.open) dialog.showModal();
    foldWhenNarrow();
    const said = event.detail.target.querySelector?.("[data-announce]");
    if (said) announce(said.dataset.announce);
  });

  document.addEventListener("htmx:sendError", () => {
    toast("Sem resposta do servidor. Verifique a conexão e tente de novo.");
  });

  document.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    // 403, 422 and 503 bring a fragment that says what happened, already swapped in.
    if ([403, 422, 503].includes(status)) return;
    const code = event.detail.xhr.getResponseHeader("X-Request-ID");
    toast(`Não foi possível concluir (erro ${status}).${code ? ` Código: ${code}` : ""}`);
  });
})();
