// The graph of links: drawn by Cytoscape on a canvas, from the data that came with the page and its receipt. Opening
// a node asks the server, which records the disclosure, and keeps everyone where they are. The table says the same.
"use strict";

(() => {
  const box = document.getElementById("grafo");
  const source = document.getElementById("grafo-dados");
  if (!box || !source || !window.cytoscape) return;

  const MOST_NODES = 2000;
  const SHAPES = { P: "ellipse", V: "round-rectangle", L: "diamond", M: "hexagon" };
  const KINDS = { P: "preso", V: "visitante", L: "advogado" };
  const FILLS = { P: "#1351b4", V: "#168821", L: "#b98a00", M: "#636e7b" };
  const GROUPS = ["#8a94a6", "#d04f3b", "#7b3fb5", "#00838f", "#c2185b", "#6d7a00"];
  const data = JSON.parse(source.textContent);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const picked = document.getElementById("grafo-escolhido");
  const list = document.getElementById("grafo-lista");

  // Of so many persons the names lie upon each other until one looks closely: then only the focus, the picked one and
  // those around it are named. The list names everybody.
  const CROWD = 30;
  const CLOSE = 1.4;
  const isCrowded = () => cy.nodes().length > CROWD && cy.zoom() < CLOSE;
  const declutter = () => cy.elements().toggleClass("unnamed", isCrowded());
  const short = (name) => {
    const words = name.split(" ");
    return words.length > 2 ? `${words[0]} ${words.at(-1)}` : name;
  };

  // The box wears the theme's colours, resolved; the canvas cannot read light-dark().
  const paperOf = () => getComputedStyle(box).backgroundColor;
  const style = () => {
    const { color: ink, borderTopColor: line } = getComputedStyle(box);
    const paper = paperOf();
    return [
      {
        selector: "node",
        style: {
          shape: (node) => SHAPES[node.data("kind")],
          "background-color": (node) => FILLS[node.data("kind")],
          width: (node) => (node.data("focus") ? 42 : 18 + Math.min(16, Math.sqrt(node.data("degree") || 1))),
          height: (node) => (node.data("focus") ? 42 : 18 + Math.min(16, Math.sqrt(node.data("degree") || 1))),
          label: (node) => short(node.data("label")),
          color: ink,
          "font-family": "Raleway, sans-serif",
          "font-size": 10,
          "text-valign": "bottom",
          "text-margin-y": 3,
          "text-wrap": "wrap",
          "text-max-width": 110,
          "text-background-color": paper,
          "text-background-opacity": 0.8,
          "min-zoomed-font-size": 7,
          "border-width": 3,
          "border-color": (node) => GROUPS[node.data("group") || 0],
        },
      },
      {
        selector: "edge",
        style: {
          width: (edge) => 1 + edge.data("strength") / 25,
          "line-color": line,
          "curve-style": "straight",
          label: "data(label)",
          color: ink,
          "font-size": 8,
          "text-background-color": paper,
          "text-background-opacity": 0.8,
          "min-zoomed-font-size": 11,
        },
      },
      { selector: ".unnamed", style: { label: "" } },
      { selector: "node[?focus], node[kind = 'M'], .picked, .near, .route", style: { label: "data(label)", "z-index": 5 } },
      { selector: "edge[?inferred]", style: { "line-style": "dashed" } },
      { selector: ".route", style: { "line-color": "#e07b00", "border-color": "#e07b00", width: 6, "z-index": 9 } },
      { selector: ".picked", style: { "border-color": "#ffcd07", "border-width": 6 } },
    ];
  };

  const cy = window.cytoscape({ container: box, elements: [], minZoom: 0.1, maxZoom: 3, style: style() });
  new MutationObserver(() => cy.style(style())).observe(document.documentElement, { attributes: true });
  let crowd = false;
  cy.on("zoom", () => {
    if (crowd === isCrowded()) return;
    crowd = !crowd;
    declutter();
  });

  // --- adding what came -------------------------------------------------------------------------------------------
  const known = (id) => cy.getElementById(id).nonempty();

  function add({ nodes, edges, collections = [] }, near) {
    const fresh = cy.collection();
    const at = near?.position();
    const place = (index, many) => {
      if (!at) return undefined;
      const angle = (2 * Math.PI * index) / many;
      return { x: at.x + 130 * Math.cos(angle), y: at.y + 130 * Math.sin(angle) };
    };
    const room = Math.max(0, MOST_NODES - cy.nodes().length);
    const strangers = nodes.filter((node) => !known(node.id)).slice(0, room);
    strangers.forEach((node, index) => {
      const focus = node.id === data.focus;
      fresh.merge(cy.add({ group: "nodes", data: { ...node, focus }, position: place(index, strangers.length + 1) }));
    });
    edges.forEach((edge) => {
      if (!known(edge.id) && known(edge.source) && known(edge.target)) cy.add({ group: "edges", data: edge });
    });
    collections.forEach((one, index) => {
      cy.getElementById(one.id).remove();
      fresh.merge(cy.add({ group: "nodes", data: { ...one, kind: "M", of_kind: one.kind }, position: place(index, 7) }));
      cy.add({ group: "edges", data: { id: `e:${one.id}`, source: one.of, target: one.id, label: "", strength: 5 } });
    });
    retell();
    return { fresh, left: nodes.filter((node) => !known(node.id)).length };
  }

  function layout(elements, options) {
    elements.layout({ name: "fcose", animate: false, quality: "default", nodeRepulsion: 7000, idealEdgeLength: 150, ...options }).run();
  }

  function retell() {
    crowd = isCrowded();
    declutter();
    list.replaceChildren(
      ...cy.nodes().map((node) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "br-button secondary small";
        button.textContent = node.data("label");
        button.addEventListener("click", () => pick(node));
        item.append(button);
        return item;
      }),
    );
  }

  // --- choosing and opening ----------------------------------------------------------------------------------------
  function pick(node) {
    cy.elements().removeClass("picked near");
    node.addClass("picked");
    if (node.degree() <= CROWD) node.neighborhood().addClass("near");
    const text = document.createElement("strong");
    text.textContent = `${node.data("label")} `;
    const open = document.createElement("button");
    open.type = "button";
    open.className = "br-button primary small";
    open.textContent = node.data("kind") === "M" ? "Mostrar mais 40" : "Abrir vínculos no grafo";
    open.dataset.graphOpen = "";
    open.addEventListener("click", () => expand(node, open));
    const parts = [text];
    if (node.data("url")) {
      const profile = document.createElement("a");
      profile.href = node.data("url");
      profile.className = "br-button secondary small";
      profile.textContent = "Ver ficha";
      parts.push(document.createTextNode(`${KINDS[node.data("kind")]} · ${node.degree()} vínculos no grafo `), profile);
    }
    const hide = document.createElement("button");
    hide.type = "button";
    hide.className = "br-button secondary small";
    hide.textContent = "Ocultar";
    hide.addEventListener("click", () => { node.remove(); retell(); tell("Oculto."); });
    picked.replaceChildren(...parts, open, hide);
    cy.animate({ center: { eles: node }, duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200 });
  }

  function tell(text) {
    const line = document.createElement("p");
    line.className = "small";
    line.textContent = text;
    picked.replaceChildren(line);
  }

  async function expand(node, button) {
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    const collection = node.data("kind") === "M";
    const owner = collection ? cy.getElementById(node.data("of")) : node;
    const filter = document.querySelector(".links-filter");
    const body = new URLSearchParams(filter ? new FormData(filter) : {});
    if (collection) {
      body.delete("tipo");
      body.append("tipo", node.data("of_kind"));
      body.append("pular", node.data("skip"));
    }
    try {
      const answer = await fetch(owner.data("expand"), { method: "POST", body, headers: { "X-CSRFToken": token } });
      if (answer.redirected && answer.url.includes("/motivo/")) {
        tell("É advogado: abra a ficha e diga o motivo antes de abrir os vínculos.");
        return;
      }
      if (!answer.ok || answer.redirected) {
        const code = answer.headers.get("X-Request-ID");
        tell(`Não foi possível abrir (erro ${answer.status}). ${code ? `Código: ${code}` : "Recarregue a página."}`);
        return;
      }
      grow(owner, node, await answer.json(), collection);
    } catch {
      tell("Sem resposta do servidor. Verifique a conexão e tente de novo.");
    }
  }

  // Those who were there keep their places; only the new ones are laid out.
  function grow(owner, node, found, collection) {
    const fixed = cy.nodes().filter((one) => !collection || one.id() !== node.id());
    const places = fixed.map((one) => ({ nodeId: one.id(), position: { ...one.position() } }));
    if (collection) node.remove();
    const { fresh, left } = add(found, owner);
    if (fresh.nonempty()) {
      layout(cy.elements(), { randomize: false, fixedNodeConstraint: places, fit: false });
    }
    const kept = left ? ` Limite de ${MOST_NODES} pessoas no grafo: ${left} ficaram fora.` : "";
    tell(`${fresh.filter("[url]").length} pessoas novas no grafo.${kept} Recibo ${found.receipt}.`);
  }

  cy.on("tap", "node", (event) => pick(event.target));
  cy.on("dbltap", "node", (event) => { pick(event.target); picked.querySelector("[data-graph-open]").click(); });

  // --- finding, fitting, the path ------------------------------------------------------------------------------------
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  document.getElementById("grafo-achar").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const asked = plain(event.target.value.trim());
    const node = asked && cy.nodes().filter((one) => plain(one.data("label")).includes(asked)).first();
    if (node && node.nonempty()) pick(node);
    else tell("Ninguém com esse nome no grafo.");
  });
  document.querySelector("[data-graph-fit]").addEventListener("click", () => cy.fit(undefined, 24));

  document.addEventListener("htmx:afterSwap", () => {
    const route = document.getElementById("caminho-dados");
    if (!route) return;
    const found = JSON.parse(route.textContent);
    const places = cy.nodes().map((one) => ({ nodeId: one.id(), position: { ...one.position() } }));
    const { fresh } = add(found, cy.getElementById(data.focus));
    if (fresh.nonempty()) layout(cy.elements(), { randomize: false, fixedNodeConstraint: places, fit: false });
    cy.elements().removeClass("route");
    found.route.forEach((id) => cy.getElementById(id).addClass("route").connectedNodes().addClass("route"));
    cy.fit(cy.elements(".route"), 60);
    route.remove();
  });

  // A kept diagram comes with the place of each; what is drawn for the first time is laid out.
  add(data);
  if (data.places) {
    cy.nodes().positions((node) => {
      const [x, y] = data.places[node.id()];
      return { x, y };
    });
  } else {
    layout(cy.elements(), { randomize: true, fit: true });
  }
  cy.fit(undefined, 24);
  box.graph = { cy, paperOf };
  box.dataset.ready = "true";
})();
