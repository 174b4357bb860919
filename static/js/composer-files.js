// What goes along with a message: chosen, dropped on the conversation, pasted, or recorded. The
// files are those of the field itself, so that the form sends them as it would without a script.
document.addEventListener("pane", ({ detail: { signal } }) => {
  const form = document.getElementById("composer");
  if (!form) return;
  const field = form.elements.files;
  const tools = document.getElementById("composer-tools");
  const chips = document.getElementById("composer-files");
  const model = document.getElementById("composer-chip").content.firstElementChild;
  const problem = document.getElementById("composer-problem");
  const progress = document.getElementById("composer-progress");
  const place = form.closest(".pane").querySelector(".reading");
  const said = tools.dataset;
  const most = { files: Number(said.mostFiles), bytes: Number(said.mostBytes) };
  const urls = [];
  let files = [];

  const unit = (size) => {
    const small = size < 1e6;
    const part = small ? Math.max(1, Math.round(size / 1e3)) : size / 1e6;
    const digits = { maximumFractionDigits: 1 };
    return `${part.toLocaleString(document.documentElement.lang, digits)} ${small ? "kB" : "MB"}`;
  };
  const isVoice = (file) => file.type.startsWith("audio/");
  const becomes = (file) => {
    if (/^image\/hei[cf]|\.hei[cf]$/i.test(`${file.type} ${file.name}`)) return ` · ${said.heic}`;
    const picture = file.type.startsWith("image/") || /\.(avif|webp)$/i.test(file.name);
    return picture && !/^image\/(jpeg|png)$/.test(file.type) ? ` · ${said.asJpeg}` : "";
  };
  const wrong = (file) => {
    if (!file.size) return said.empty.replace("{}", file.name);
    return file.size > most.bytes ? said.tooLarge.replace("{}", file.name) : "";
  };
  const chip = (file, at) => {
    const found = model.cloneNode(true);
    const family = file.type.split("/")[0];
    const known = ["image", "audio"].includes(family) ? family : "other";
    for (const each of found.querySelectorAll("[data-of]")) each.hidden = each.dataset.of !== known;
    found.querySelector(".chip-name").textContent = file.recorded ? said.voice : file.name;
    found.querySelector(".chip-size").textContent = unit(file.size) + becomes(file);
    found.classList.toggle("chip-wrong", Boolean(wrong(file)));
    const remove = found.querySelector("button");
    remove.ariaLabel = remove.dataset.label.replace("{}", file.name);
    remove.title = remove.ariaLabel;
    remove.addEventListener("click", () => {
      put(files.filter((_, other) => other !== at));
      form.elements.body.focus();
    });
    if (isVoice(file)) {
      const player = document.createElement("audio");
      player.controls = true;
      player.src = URL.createObjectURL(file);
      player.ariaLabel = file.name;
      urls.push(player.src);
      found.append(player);
    }
    return found;
  };
  // What the server said of a message stays until something else is written.
  let told = "";
  const say = (words) => {
    if (words || problem.textContent === told) problem.textContent = words;
    told = words;
  };
  const forget = () => urls.splice(0).forEach((url) => URL.revokeObjectURL(url));
  const put = (given) => {
    files = given.slice(0, most.files);
    const held = new DataTransfer();
    for (const each of files) held.items.add(each);
    field.files = held.files;
    forget();
    chips.replaceChildren(...files.map(chip));
    chips.hidden = !files.length;
    say(given.length > most.files ? said.tooMany : files.map(wrong).find(Boolean) ?? "");
  };
  const add = (given) => {
    if (given.length) put([...files, ...given]);
    form.elements.body.focus();
  };

  // What a browser kept of the field over a reload is shown too.
  if (field.files.length) put([...field.files]);
  field.addEventListener("change", () => add([...field.files]));
  form.addEventListener("recorded", ({ detail }) => add([detail]));
  form.elements.body.addEventListener("paste", (event) => {
    const pasted = [...event.clipboardData.files];
    if (!pasted.length) return;
    event.preventDefault();
    add(pasted);
  });

  // A folder has no content a form could send.
  const dropped = ({ dataTransfer }) => [...dataTransfer.items]
    .filter((item) => item.kind === "file" && item.webkitGetAsEntry?.()?.isFile !== false)
    .map((item) => item.getAsFile());
  const pane = form.closest(".pane");
  let depth = 0;
  place.dataset.drop = said.drop;
  const over = (by) => {
    depth = Math.max(0, depth + by);
    place.classList.toggle("dropping", depth > 0);
  };
  const onFiles = (name, act) =>
    pane.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      act(event);
    }, { signal });
  onFiles("dragenter", () => over(1));
  onFiles("dragleave", () => over(-1));
  onFiles("dragover", () => {});
  onFiles("drop", (event) => {
    over(-depth);
    add(dropped(event));
  });

  // What is known to be refused is not sent at all.
  form.addEventListener("htmx:confirm", (event) => {
    const words = files.map(wrong).find(Boolean);
    if (!words) return;
    event.preventDefault();
    say(words);
  });
  let sent = [];
  form.addEventListener("htmx:beforeRequest", () => {
    sent = files;
  });
  form.addEventListener("htmx:xhr:progress", ({ detail: { loaded, total, lengthComputable } }) => {
    progress.hidden = !sent.length || !lengthComputable;
    const share = { style: "percent" };
    const words = (loaded / total).toLocaleString(document.documentElement.lang, share);
    progress.textContent = loaded < total ? said.sending.replace("{}", words) : said.converting;
  });
  form.addEventListener("htmx:afterRequest", () => {
    progress.hidden = true;
  });
  form.addEventListener("sent", () => put(files.filter((each) => !sent.includes(each))));
  signal.addEventListener("abort", forget);
});
