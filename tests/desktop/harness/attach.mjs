// A file on its way into the letter that is being written. The system's file dialog is not the page's, so the file comes
// as one that is dropped: with the events that a drop makes.
import { until } from "./until.mjs";

export async function attachFile(app, name, type, text) {
  const taken = await until("the composer takes the file", () =>
    app.driver.run(
      (name, type, text) => {
        const paper = document.querySelector('[role="dialog"] [role="textbox"][aria-multiline]');
        if (paper === null) return false;
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], name, { type }));
        for (const kind of ["dragenter", "dragover", "drop"])
          paper.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
        return dataTransfer.files.length === 1;
      },
      name,
      type,
      text,
    ),
  );
  return taken;
}
