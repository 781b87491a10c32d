// The place where the letter's text is written. React gives it an empty element and then keeps its hands off: what is
// inside belongs to the editor.
import { useEffect, useRef } from "react";
import { say } from "../../words";
import { LetterEditor, type Formats } from "./letterEditor";
import styles from "./Editor.module.css";

export interface EditorProps {
  /** What stands in it at the start; later changes come from the editor itself. */
  html: string;
  events: { input: (html: string) => void; formats: (formats: Formats) => void; link: () => void };
  onReady: (editor: LetterEditor | null) => void;
}

export function Editor({ html, events, onReady }: EditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const start = useRef(html);
  useEffect(() => {
    if (place.current === null) return;
    const editor = new LetterEditor(place.current, start.current, {
      input: (html) => {
        start.current = html;
        events.input(html);
      },
      formats: events.formats,
      link: events.link,
    });
    onReady(editor);
    return () => {
      onReady(null);
      editor.destroy();
    };
  }, [events, onReady]);
  return (
    <div
      ref={place}
      className={styles.editor}
      role="textbox"
      aria-multiline="true"
      aria-label={say("compose-body")}
      spellCheck
      tabIndex={0}
    />
  );
}
