// The sheet of a letter within a letter, or of an archive of them. Such a letter is read as any other is, with the same keys and menu;
// what belongs to a letter in a folder alone (a star, where it lies, who vouches for its sender) it has not.
import { useEffect, useRef } from "react";
import { sentenceOf } from "../../../actions/attempt";
import { saveAttachment } from "../../../actions/attachments";
import { shortcut } from "../../../actions/commands";
import { respond } from "../../../actions/compose";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { Marked } from "../../../components/Marked";
import { Tip } from "../../../components/Tip";
import { findElsewhere, unmark, useFind } from "../../../state/letterFind";
import { useLetterLook, useLookView } from "../../../state/letterLook";
import { letterWithin, type LetterRef } from "../../../state/letterRef";
import { useNested } from "../../../state/bodies";
import { followSizeWheel } from "../../../state/sizeWheel";
import { useTheme } from "../../../state/theme";
import { browserBehind, useWindow, type Question } from "../../../state/window";
import { say } from "../../../words";
import { FindBar } from "../reading/FindBar";
import { FoundBar } from "../reading/FoundBar";
import { LetterMenu } from "../reading/LetterMenu";
import { ReadLetter } from "../reading/ReadLetter";
import { Archive } from "./Archive";
import styles from "./Nested.module.css";

export type NestedQuestion = Extract<Question, { kind: "nested" }>;

const ANSWERS = ["reply", "replyAll", "forward"] as const;

interface Props {
  question: NestedQuestion;
  /** No other letter within a letter stands in front of it. */
  front: boolean;
}

export function Nested({ question, front }: Props) {
  const ask = useWindow((state) => state.ask);
  const { email, part, archive, name, back } = question;
  const letter = letterWithin(email, part);
  return (
    // Escape leads one step back, and the button away from all of them.
    <Dialog large title={name} onClose={() => ask(back)}>
      {archive ? <Archive question={question} /> : <Pane letter={letter} front={front} />}
      <DialogFoot>
        {back?.kind === "nested" && (
          <Button icon="back" onPress={() => ask(back)}>
            {say("nested-back")}
          </Button>
        )}
        {archive ? (
          <Button icon="download" onPress={() => void saveAttachment(email, part)}>
            {say("danger-save")}
          </Button>
        ) : (
          ANSWERS.map((kind) => (
            <Tip key={kind} label={say(`command-${kind}`)} shortcut={shortcut(kind)}>
              <Button icon={kind} onPress={() => void respond(letter, kind)}>
                {say(`command-${kind}`)}
              </Button>
            </Tip>
          ))
        )}
        <Button kind="primary" autoFocus={archive} onPress={() => ask(browserBehind(question))}>
          {say("close")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

/** Where the letter is read. It has the keys as soon as it is there. */
function Pane({ letter, front }: { letter: LetterRef; front: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.focus({ preventScroll: true });
    return place.current === null ? undefined : followSizeWheel(place.current);
  }, []);
  // What is found is found in the pane in front.
  useEffect(() => findElsewhere(), []);
  // As in the pane of the conversation: the marks of a search go first.
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key !== "Escape" || event.isDefaultPrevented() || !useFind.getState().searched) return;
    event.preventDefault();
    event.stopPropagation();
    unmark();
  };
  return (
    <>
      {front && <FindBar />}
      {front && <FoundBar />}
      <div ref={place} className={styles.pane} tabIndex={-1} data-pane="" onKeyDown={onKeyDown}>
        <Letter letter={letter} />
      </div>
    </>
  );
}

function Letter({ letter }: { letter: LetterRef }) {
  const dark = useTheme((state) => state.dark);
  const { original } = useLetterLook(letter);
  const { data, error, refetch } = useNested(letter, useLookView(letter));
  if (data === undefined) {
    const waits = error === null;
    return (
      <p role={waits ? "status" : "alert"} data-coming={waits ? "" : undefined}>
        {waits ? say("loading") : sentenceOf(error)}
      </p>
    );
  }
  const { head, body } = data;
  const read = { ...head, id: letter, preview: "" };
  return (
    <>
      <h3 className={styles.subject} dir="auto" data-selectable data-findable="">
        {head.subject === "" ? say("no-subject") : <Marked part="subject" text={head.subject} />}
      </h3>
      <ReadLetter
        letter={read}
        body={body}
        error={error}
        onRetry={() => void refetch()}
        today={new Date().setHours(0, 0, 0, 0)}
        menu={<LetterMenu letter={read} darkened={body.darkened || (dark && original)} />}
      />
    </>
  );
}
