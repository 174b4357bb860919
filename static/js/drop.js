// Files that are dropped on a form are those of its field, and are sent at once; while they are
// on their way, its button says so. Without this, they are chosen in the field.
(() => {
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  // A folder has no content a form could send.
  const files = ({ dataTransfer }) => [...dataTransfer.items]
    .filter((item) => item.kind === "file" && item.webkitGetAsEntry?.()?.isFile !== false)
    .map((item) => item.getAsFile());

  for (const form of document.querySelectorAll("form[data-drop]")) {
    const field = form.querySelector("input[type=file]");
    let depth = 0;
    const over = (by) => {
      depth = Math.max(0, depth + by);
      form.classList.toggle("over", depth > 0);
    };
    form.addEventListener("dragenter", (event) => {
      if (hasFiles(event)) over(1);
    });
    form.addEventListener("dragleave", (event) => {
      if (hasFiles(event)) over(-1);
    });
    form.addEventListener("drop", (event) => {
      if (!hasFiles(event)) return;
      const given = new DataTransfer();
      const most = field.multiple ? Infinity : 1;
      for (const file of files(event).slice(0, most)) given.items.add(file);
      over(-depth);
      if (!given.files.length) return;
      field.files = given.files;
      form.requestSubmit();
    });
    form.addEventListener("submit", () => {
      const button = form.querySelector("[data-busy]");
      button.querySelector("span").textContent = button.dataset.busy;
      // Disabled at once, it would send nothing.
      setTimeout(() => {
        button.disabled = true;
      });
    });
  }

  // Beside a form, a file that is dropped would take the place of the page.
  if (document.querySelector("form[data-drop]")) {
    for (const name of ["dragover", "drop"]) {
      document.addEventListener(name, (event) => {
        if (hasFiles(event)) event.preventDefault();
      });
    }
  }
})();
