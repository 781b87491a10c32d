// Files that are dropped on a letter or pasted into it. Text that is dropped or pasted is left to the editor.
import { useState } from "react";

export function useFileDrop(onFiles: (files: File[]) => void) {
  const [over, setOver] = useState(false);
  const handlers = {
    onDragOver: (event: React.DragEvent) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      setOver(true);
    },
    onDragLeave: (event: React.DragEvent) => {
      // Going from one child to the next is not leaving.
      if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return;
      setOver(false);
    },
    onDropCapture: (event: React.DragEvent) => {
      setOver(false);
      const files = Array.from(event.dataTransfer.files);
      if (files.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      onFiles(files);
    },
    onPasteCapture: (event: React.ClipboardEvent) => {
      const files = Array.from(event.clipboardData.files);
      // A table copied from an office program comes as text and as a picture: then the text is meant.
      if (files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
      event.preventDefault();
      event.stopPropagation();
      onFiles(files);
    },
  };
  return { over, handlers };
}
