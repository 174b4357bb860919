// A voice message, by the browser's own recorder: it becomes a file beside the others, which can be
// heard, and taken away, before it is sent.
document.addEventListener("pane", ({ detail: { signal } }) => {
  const form = document.getElementById("composer");
  const button = document.getElementById("record");
  if (!form || !button || !window.MediaRecorder) return;
  const MOST_SECONDS = 900;
  const MAKES = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];
  const said = document.getElementById("composer-tools").dataset;
  const problem = document.getElementById("composer-problem");
  const bar = document.getElementById("recording");
  const time = document.getElementById("recording-time");
  let recorder = null;
  button.hidden = false;

  const shown = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const why = (error) => {
    if (error.name === "NotAllowedError" || error.name === "SecurityError") return said.notAllowed;
    return said.noMicrophone;
  };
  const end = (keep) => {
    if (!recorder || recorder.state === "inactive") return;
    recorder.kept = keep;
    recorder.stop();
  };
  const begin = (stream) => {
    const mimeType = MAKES.find((make) => MediaRecorder.isTypeSupported(make));
    const mine = new MediaRecorder(stream, mimeType ? { mimeType } : {});
    const pieces = [];
    const began = Date.now();
    recorder = mine;
    const tick = () => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      time.textContent = shown(seconds);
      if (seconds >= MOST_SECONDS) end(true);
    };
    const clock = setInterval(tick, 250);
    mine.addEventListener("dataavailable", ({ data }) => data.size && pieces.push(data));
    mine.addEventListener("stop", () => {
      clearInterval(clock);
      for (const track of stream.getTracks()) track.stop();
      bar.hidden = true;
      button.disabled = false;
      recorder = null;
      if (!mine.kept || !pieces.length) return;
      const type = mine.mimeType.split(";")[0];
      const file = new File(pieces, `voice.${type.split("/")[1]}`, { type });
      file.recorded = true;
      form.dispatchEvent(new CustomEvent("recorded", { detail: file }));
    });
    mine.start();
    tick();
    bar.hidden = false;
    bar.querySelector("[data-recording=done]").focus();
  };

  button.addEventListener("click", () => {
    problem.textContent = "";
    if (!navigator.mediaDevices) {
      problem.textContent = said.notHere;
      return;
    }
    button.disabled = true;
    navigator.mediaDevices.getUserMedia({ audio: true }).then(
      (stream) => {
        if (!signal.aborted) return begin(stream);
        return stream.getTracks().forEach((track) => track.stop());
      },
      (error) => {
        button.disabled = false;
        problem.textContent = why(error);
      },
    );
  });
  bar.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-recording]");
    if (!pressed) return;
    end(pressed.dataset.recording === "done");
    form.elements.body.focus();
  });
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end(false);
  });
  signal.addEventListener("abort", () => end(false));
});
