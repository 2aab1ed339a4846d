// What is kept of the graph that links.js draws: a picture, and a diagram on the server.
"use strict";

(() => {
  const box = document.getElementById("grafo");
  if (!box?.graph) return;
  const { cy, paperOf } = box.graph;

  // The picture leaves with the name of whoever took it on it, many times over.
  document.querySelector("[data-graph-png]").addEventListener("click", async () => {
    const drawn = await createImageBitmap(await cy.png({ output: "blob-promise", scale: 2, bg: paperOf() }));
    const canvas = document.createElement("canvas");
    canvas.width = drawn.width;
    canvas.height = drawn.height + 40;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(drawn, 0, 0);
    const mark = `${box.dataset.stamp} · ${new Date().toLocaleString("pt-BR")}`;
    pen.font = "18px sans-serif";
    pen.fillStyle = "#222";
    pen.fillText(mark, 10, canvas.height - 14);
    pen.globalAlpha = 0.14;
    pen.rotate(-0.35);
    for (let y = 0; y < canvas.height * 2; y += 160) pen.fillText(mark, -canvas.width / 3, y);
    canvas.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = "vinculos.png";
      link.click();
      URL.revokeObjectURL(link.href);
    });
  });

  // Whom the graph shows and where. Collections stand for nobody.
  const places = () =>
    Object.fromEntries(
      cy
        .nodes()
        .filter((node) => node.data("kind") !== "M")
        .map((node) => [node.id(), [Math.round(node.position("x")), Math.round(node.position("y"))]]),
    );
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.target.matches("[data-graph-keep]")) event.detail.parameters.set("places", JSON.stringify(places()));
  });
})();
