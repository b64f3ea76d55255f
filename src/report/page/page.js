// The script of report.html, after map.js: tables that can be sorted, and what a link asks for.
//
// A link may name what is shown: #cell=ID, #site=ID, #at=LON,LAT, and layer=minutes,
// off=streets,names, on=land0, sort=units-table.3, joined by "&".
(function () {
  "use strict";
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  root.classList.add("js");
  document.querySelectorAll("table.sort").forEach(makeSortable);
  const block = byId("data");
  const map = block ? startMap(JSON.parse(block.textContent)) : null;
  follow();
  addEventListener("hashchange", follow);
  // The address does not change when the same link is clicked again.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) { event.preventDefault(); follow(); }
  });

  // Does what the link asks for.
  function follow() {
    const asked = new URLSearchParams(location.hash.slice(1));
    if (asked.has("sort")) {
      const [table, column] = asked.get("sort").split(".");
      const head = document.querySelectorAll("#" + CSS.escape(table) + " th")[column];
      if (head) head.click();
    }
    if (map) map.follow(asked);
  }

  // Sorts by the head that is clicked: numbers by their value, texts by their letters.
  function makeSortable(table) {
    const heads = Array.from(table.querySelectorAll("thead th"));
    heads.forEach((head, place) => {
      head.tabIndex = 0;
      const sort = () => {
        // Numbers the greatest first, texts the first letter first; again, the other way round.
        const was = head.getAttribute("aria-sort");
        const ascending = was ? was === "descending" : !head.classList.contains("n");
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
        sortRows(table.tBodies[0], place, ascending ? 1 : -1);
      };
      head.addEventListener("click", sort);
      head.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sort(); }
      });
    });
  }

  function sortRows(body, place, sign) {
    const rows = Array.from(body.rows);
    const key = (row) => {
      const cell = row.cells[place];
      return cell.dataset.v === undefined ? cell.textContent : Number(cell.dataset.v);
    };
    const compare = (a, b) => {
      const x = key(a), y = key(b);
      // Rows without a number stand last, whichever way it is sorted.
      if (typeof x !== typeof y) return typeof x === "number" ? -1 : 1;
      return sign * (typeof x === "number" ? x - y : x.localeCompare(y));
    };
    const total = rows.filter((row) => row.classList.contains("total"));
    const others = rows.filter((row) => !row.classList.contains("total"));
    others.sort(compare).concat(total).forEach((row) => body.append(row));
  }
})();
