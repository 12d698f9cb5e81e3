// Tells once of each part in which notes were changed, after all of them: others may have changed hundreds at once.

export function onChanged(root, tell) {
  const parts = new Set();
  root.addEventListener("medtown:changed", ({ detail }) => {
    if (!parts.size) queueMicrotask(() => all(parts).forEach(tell));
    parts.add(detail.note.closest("[data-part]"));
  });
}

function all(parts) {
  const found = [...parts];
  parts.clear();
  return found;
}
