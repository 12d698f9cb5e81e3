// What stands beside answers changes seldom: the page is asked for once more, and what it has of that is put here.

const BESIDE = ".brought";

export async function renew(root) {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const cell of root.querySelectorAll("[data-part] [data-cell]")) {
    const { part } = cell.closest("[data-part]").dataset;
    const same = page.querySelector(`[data-part="${CSS.escape(part)}"] [data-cell="${CSS.escape(cell.dataset.cell)}"]`);
    const fresh = same ? [...same.querySelectorAll(BESIDE)] : [];
    cell.querySelectorAll(BESIDE).forEach((old) => old.remove());
    cell.querySelector(".notes")?.before(...fresh);
  }
}
