// One letter as it is read, wherever it stands: who wrote it to whom, what was kept out, the letter itself in its frame, and its
// files. What is known of it beyond itself, and what can be done with it, is given by whoever shows it.
import { useEffect } from "react";
import { sentenceOf } from "../../../actions/attempt";
import { Avatar } from "../../../components/Avatar";
import { Button } from "../../../components/Button";
import { Marked } from "../../../components/Marked";
import type { AllowedView, BodyView, HoldsView, LetterView } from "../../../ipc/backend";
import { emailOf, type LetterRef } from "../../../state/letterRef";
import { setLetterLook, useLetterLook, useLooks } from "../../../state/letterLook";
import { holdsFor } from "../../../state/pictures";
import { say } from "../../../words";
import { givenName, nameOf } from "../../../words/address";
import { around } from "../../../words/around";
import { Above } from "./Above";
import { Addressed } from "./Addressed";
import { Attachments } from "./Attachments";
import { Heard } from "./Heard";
import { Invitation } from "./Invitation";
import { LetterFrame } from "./LetterFrame";
import { Odd } from "./Odd";
import { Shield } from "./Shield";
import { useMissed } from "./useMissed";
import { ListLine } from "./ListLine";
import { When, Written } from "./When";
import styles from "./Letter.module.css";

/** What stands in a letter's head. */
export interface HeadOfLetter extends Pick<LetterView, "subject" | "from" | "to" | "cc" | "bcc" | "replyTo"> {
  id: LetterRef;
  /** Null: it names no moment. */
  at: number | null;
  /** What it says itself of when it was written. Left out where that is what `at` is. */
  sent?: number | null;
  /** The beginning of its text, as far as it is known before the letter is here. */
  preview: string;
}

export interface ReadLetterProps {
  ref?: React.Ref<HTMLElement>;
  letter: HeadOfLetter;
  /** Its subject stands nowhere else. */
  own?: boolean;
  body: BodyView | undefined;
  error: Error | null;
  onRetry: () => void;
  /** The midnight since which a time is one of today. */
  today: number;
  /** Beside its sender. */
  sign?: React.ReactNode;
  /** Before the menu of what can be done with it, and that. */
  marks?: React.ReactNode;
  menu: React.ReactNode;
  /** Between its head and what was kept out. */
  above?: React.ReactNode;
  /** Whether somebody vouches for its sender is being looked into. */
  looking?: boolean;
  /** Whose pictures could be shown from now on; undefined as long as that is looked into. */
  holds?: HoldsView | undefined;
  /** Left out where nobody is to be trusted with pictures for good. */
  onAlways?: (whose: AllowedView) => void;
  onFold?: ((letter: LetterRef) => void) | undefined;
}

export function ReadLetter({
  ref,
  letter,
  own = false,
  body,
  error,
  onRetry,
  today,
  sign,
  marks,
  menu,
  above,
  looking = false,
  holds,
  onAlways,
  onFold,
}: ReadLetterProps) {
  const { shown, plain, charset } = useLetterLook(letter.id);
  const setShown = (next: typeof shown) => setLetterLook(letter.id, { shown: next });
  // For once is for as long as the letter is open.
  useEffect(() => () => setLetterLook(letter.id, { shown: "no" }), [letter.id]);
  const size = useLooks((state) => state.size);
  const email = emailOf(letter.id);
  const sender = letter.from[0] ?? { name: null, email: "" };
  const name = nameOf(sender);
  const sentBy = body?.sentBy ?? null;
  const whose = body?.imagesAllowed ?? null;
  const showing = body !== undefined && body.remoteImages === 0 && (shown === "once" || whose !== null);
  const missed = useMissed(letter.id, showing ? body : undefined);
  // What was allowed for good shows them for once, where it does not hold for this letter.
  const isRefused = whose !== null && holdsFor(whose, holds) === false;
  return (
    <article
      ref={ref}
      className={styles.letter}
      aria-label={say("letter-body", { name })}
      data-email={letter.id}
      tabIndex={-1}
    >
      {/* A press on the head folds the letter; the menu has the same for the keys. */}
      <header
        className={styles.head}
        onClick={(event) => event.target === event.currentTarget && onFold?.(letter.id)}
      >
        <Avatar name={name} email={sender.email} />
        <div className={styles.from} data-selectable>
          <b dir="auto" data-address={sender.name === null || undefined}>
            <Marked part="sender" text={givenName(sender)} />
          </b>{" "}
          {sender.name !== null && (
            <span className={styles.address}>
              <Marked part="sender" text={sender.email} />
            </span>
          )}
          {letter.from.length > 1 && (
            <span className={styles.address}> {say("head-also", { n: letter.from.length - 1 })}</span>
          )}
          {sentBy !== null && (
            <span className={styles.address}> {say("head-sent-by", { address: sentBy.email })}</span>
          )}
          {sign}
        </div>
        <div className={styles.when}>
          {marks}
          {menu}
          <When letter={letter} today={today} />
        </div>
        <div className={styles.below}>
          <Addressed letter={letter} sentBy={sentBy} />
          <Written letter={letter} today={today} />
          {own && (
            <p className={styles.ownSubject} data-selectable>
              <OwnSubject subject={letter.subject} />
            </p>
          )}
        </div>
      </header>
      {body !== undefined && (
        <Above look={`${shown} ${plain} ${charset}`}>
          {above}
          <Shield
            images={body.remoteImages}
            trackers={body.trackers}
            held={body.imagesHeld}
            allowed={body.imagesAllowed}
            looking={looking}
            holds={holds}
            remote={body.remote}
            leftOut={body.leftOut}
            sender={sender}
            house={body.house}
            list={body.list}
            missed={missed}
            onShow={() => setShown("once")}
            {...(shown === "once" || (shown === "always" && isRefused)
              ? { onHide: () => setShown("no") }
              : {})}
            {...(onAlways === undefined
              ? {}
              : {
                  onAlways: (whose: AllowedView) => {
                    setShown("always");
                    onAlways(whose);
                  },
                })}
          />
          {body.list !== null && <ListLine email={email} list={body.list} />}
          <Odd letter={letter.id} body={body} />
          <Heard email={email} body={body} />
          {body.invitation !== null && (
            <Invitation letter={letter.id} sender={sender.email} invitation={body.invitation} />
          )}
        </Above>
      )}
      {error !== null && body === undefined ? (
        <div className={styles.failed} role="alert">
          <span>
            {say("letter-failed")}. {sentenceOf(error)}
          </span>
          <Button icon="retry" onPress={onRetry}>
            {say("try-again")}
          </Button>
        </div>
      ) : (
        <LetterFrame
          title={say("letter-body", { name })}
          document={body?.document ?? null}
          guess={letter.preview}
          size={size}
        />
      )}
      {body !== undefined && <Attachments email={email} files={body.attachments} />}
    </article>
  );
}

function OwnSubject({ subject }: { subject: string }) {
  const [before, behind] = around("head-subject", "subject");
  return (
    <>
      {before}
      <bdi data-findable="">
        {subject === "" ? say("no-subject") : <Marked part="subject" text={subject} />}
      </bdi>
      {behind}
    </>
  );
}
