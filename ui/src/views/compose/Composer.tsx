// One letter being written, as a sheet over the window: whom it is from and for, its subject, its text, its files, and
// the row of tools. What it changes goes through actions/composeKeep, so that nothing typed is lost.
import { useCallback, useMemo, useRef, useState } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { attachFiles } from "../../actions/composeAttach";
import { closeAndKeep, saveNow, write } from "../../actions/composeKeep";
import { useHeldFocus } from "../../components/useHeldFocus";
import type { Writing } from "../../state/composers";
import { say } from "../../words";
import { Attachments } from "./Attachments";
import { Editor } from "./Editor";
import { NO_FORMATS, sameFormats, type Formats, type LetterEditor } from "./letterEditor";
import { FromLine } from "./FromLine";
import { LinkBar } from "./LinkBar";
import { Notice } from "./Notice";
import { RecipientLines } from "./RecipientLines";
import { SheetHead } from "./SheetHead";
import { Tools } from "./Tools";
import { useFileDrop } from "./useFileDrop";
import { useSending } from "./useSending";
import styles from "./Composer.module.css";

export function Composer({ letter }: { letter: Writing }) {
  const { id, content } = letter;
  const sheet = useHeldFocus<HTMLElement>();
  const subjectRef = useRef<HTMLInputElement>(null);
  const [editor, setEditor] = useState<LetterEditor | null>(null);
  const [formats, setFormats] = useState<Formats>(NO_FORMATS);
  const [linking, setLinking] = useState(false);
  const sending = useSending(id, editor, subjectRef);
  const drop = useFileDrop((files) => void attachFiles(id, files));
  // An answer has its recipients, so its text comes first; a new letter starts with whom it is for.
  const [startsInText] = useState(content.to.length > 0);
  const events = useMemo(
    () => ({
      input: (html: string) => write(id, { content: { html } }),
      formats: (now: Formats) => setFormats((before) => (sameFormats(before, now) ? before : now)),
      link: () => setLinking(true),
    }),
    [id],
  );
  const ready = useCallback(
    (made: LetterEditor | null) => {
      setEditor(made);
      if (startsInText) made?.focusTop();
    },
    [startsInText],
  );
  const keys = (event: React.KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void sending.send();
    } else if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void saveNow(id);
    }
    // The window's own keys (E for archive and so on) must not hear what is typed here.
    if (event.key !== "Escape") event.stopPropagation();
  };
  return (
    <ModalOverlay
      isOpen
      className={styles.scrim ?? ""}
      onOpenChange={(open) => !open && void closeAndKeep(id)}
    >
      <Modal className={styles.modal ?? ""}>
        <Dialog ref={sheet} className={styles.sheet ?? ""}>
          <div className={styles.column} onKeyDown={keys} {...drop.handlers}>
            <SheetHead draft={id} subject={content.subject} saving={letter.saving} />
            <FromLine
              draft={id}
              account={letter.account}
              identity={content.identity}
              tagged={content.from}
              editor={editor}
            />
            <RecipientLines
              draft={id}
              to={content.to}
              cc={content.cc}
              bcc={content.bcc}
              startHere={!startsInText}
            />
            <div className={styles.line}>
              <label className={styles.label} htmlFor={`${id}-subject`}>
                {say("compose-subject")}
              </label>
              <input
                id={`${id}-subject`}
                ref={subjectRef}
                className={styles.plainInput}
                value={content.subject}
                onChange={(event) => write(id, { content: { subject: event.target.value } })}
                autoComplete="off"
                spellCheck
              />
            </div>
            <div className={styles.body} onMouseDown={(event) => clickBelow(event, editor)}>
              <Editor html={content.html} events={events} onReady={ready} />
              <Attachments draft={id} files={letter.attachments} />
            </div>
            {linking && editor && <LinkBar editor={editor} onClose={() => setLinking(false)} />}
            <Notice sending={sending} draft={id} />
            <Tools
              draft={id}
              editor={editor}
              formats={formats}
              asks={content.asks}
              sending={sending}
              onLink={events.link}
            />
            {drop.over && <div className={styles.drop}>{say("compose-drop")}</div>}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

// The empty paper below the last line belongs to the letter: a press there puts the cursor at its end.
function clickBelow(event: React.MouseEvent, editor: LetterEditor | null): void {
  if (event.target !== event.currentTarget) return;
  event.preventDefault();
  editor?.focusEnd();
}
