// Line numbers beside a long text, and a way to the line of each problem. The text is edited without it, too.
"use strict";

(() => {
  const editor = document.querySelector("[data-editor]");
  const numbers = document.querySelector("[data-editor-numbers]");
  if (!editor || !numbers) return;

  function count() {
    const lines = editor.value.split("\n").length;
    if (Number(numbers.dataset.lines) === lines) return;
    numbers.dataset.lines = lines;
    numbers.textContent = Array.from({ length: lines }, (_, index) => index + 1).join("\n");
  }

  const follow = () => {
    numbers.scrollTop = editor.scrollTop;
  };

  function goTo(line) {
    const lines = editor.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    editor.focus();
    editor.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    editor.scrollTop = (line - 4) * (editor.scrollHeight / lines.length);
    follow();
  }

  editor.addEventListener("input", count);
  editor.addEventListener("scroll", follow);
  document.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-editor-line]");
    if (asked) goTo(Number(asked.dataset.editorLine));
  });
  count();
})();
