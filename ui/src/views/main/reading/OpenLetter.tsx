// One letter, open: who wrote it to whom, what was kept out, the letter itself in its frame, and its attachments.
import { memo, useEffect, useRef } from "react";
import { editDraft } from "../../../actions/compose";
import { allowImages } from "../../../actions/images";
import { sentenceOf } from "../../../actions/attempt";
import { Avatar } from "../../../components/Avatar";
import { Button } from "../../../components/Button";
import { Marked } from "../../../components/Marked";
import type { LetterView } from "../../../ipc/backend";
import { isOnlyInTrash, type AsideFolder } from "../../../state/aside";
import { useBody } from "../../../state/queries";
import { setLetterLook, useLetterLook, useLooks } from "../../../state/letterLook";
import { useTheme } from "../../../state/theme";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import { around } from "../../../words/around";
import { fullTime, letterTime } from "../../../words/times";
import { Addressed } from "./Addressed";
import { Attachments } from "./Attachments";
import { Heard } from "./Heard";
import { Invitation } from "./Invitation";
import { LetterFrame } from "./LetterFrame";
import { LetterMenu } from "./LetterMenu";
import { Odd } from "./Odd";
import { Shield } from "./Shield";
import { useFocusStays } from "./useFocusStays";
import { useSeen } from "./useSeen";
import { useVouched, WhoLine, WhoSign } from "./WhoLine";
import { ListLine } from "./ListLine";
import styles from "./Letter.module.css";

interface Props {
  letter: LetterView;
  /** It has a subject of its own, which is not the conversation's. */
  own?: boolean;
  /** Where it is put aside: in Trash or Junk. Always the same for the same folder. */
  aside?: AsideFolder | null;
  /** The midnight since which a time is one of today. */
  today: number;
  /** A part of it stands in the pane. */
  onSeen: (email: string) => void;
  onFold?: (email: string) => void;
}

export const OpenLetter = memo(function OpenLetter({
  letter,
  own = false,
  aside = null,
  today,
  onSeen,
  onFold,
}: Props) {
  const dark = useTheme((state) => state.dark);
  const { plain, original, charset, shown } = useLetterLook(letter.id);
  const images = shown !== "no";
  const setShown = (next: typeof shown) => setLetterLook(letter.id, { shown: next });
  // For once is for as long as the letter is open.
  useEffect(() => () => setLetterLook(letter.id, { shown: "no" }), [letter.id]);
  useFocusStays(letter.id);
  const place = useRef<HTMLElement>(null);
  useSeen(place, letter.id, onSeen);
  const size = useLooks((state) => state.size);
  const look = { dark: dark && !original, remoteImages: images, plain, charset };
  const { data: body, error, refetch } = useBody(letter.id, look);
  const held = body?.imagesHeld === true;
  const looking = useVouched(letter.id, held || body?.invitation?.doubted === true, refetch);
  const sender = letter.from[0] ?? { name: null, email: "" };
  const name = nameOf(sender);
  const sentBy = body?.sentBy ?? null;
  return (
    <article
      ref={place}
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
          <b dir="auto">
            <Marked part="sender" text={name} />
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
          {body !== undefined && !letter.draft && <WhoSign email={letter.id} />}
        </div>
        <div className={styles.when}>
          {aside !== null && (
            <span className={styles.aside} dir="auto">
              {say("letter-in", { folder: aside.name })}
            </span>
          )}
          {letter.draft && <span className={styles.draft}>{say("letter-draft")}</span>}
          <LetterMenu
            letter={letter}
            inTrash={isOnlyInTrash(letter, aside)}
            darkened={body?.darkened === true || (dark && original)}
            remoteImages={images}
            {...(onFold ? { onFold } : {})}
          />
          <time title={fullTime(letter.at)} dateTime={new Date(letter.at).toISOString()}>
            {letterTime(letter.at, today)}
          </time>
        </div>
        <div className={styles.below}>
          <Addressed letter={letter} sentBy={sentBy} />
          {own && (
            <p className={styles.ownSubject} data-selectable>
              <OwnSubject subject={letter.subject} />
            </p>
          )}
        </div>
      </header>
      {letter.draft && (
        <div className={styles.goOn}>
          <Button icon="edit" onPress={() => void editDraft(letter.id)}>
            {say("letter-draft-edit")}
          </Button>
        </div>
      )}
      {body !== undefined && !letter.draft && <WhoLine email={letter.id} />}
      {body !== undefined && (
        <Shield
          images={body.remoteImages}
          trackers={body.trackers}
          held={body.imagesHeld}
          looking={held && looking}
          remote={body.remote}
          leftOut={body.leftOut}
          sender={sender}
          house={body.house}
          list={body.list}
          onShow={() => setShown("once")}
          {...(shown === "once" ? { onHide: () => setShown("no") } : {})}
          onAlways={(whose) => {
            setShown("always");
            void allowImages(letter.id, whose);
          }}
        />
      )}
      {body?.list != null && <ListLine email={letter.id} list={body.list} />}
      {body !== undefined && <Odd oddities={body.oddities} kinds={body.kinds} />}
      {body !== undefined && <Heard email={letter.id} body={body} />}
      {body?.invitation != null && (
        <Invitation email={letter.id} sender={sender.email} invitation={body.invitation} />
      )}
      {error !== null && body === undefined ? (
        <div className={styles.failed} role="alert">
          <span>
            {say("letter-failed")}. {sentenceOf(error)}
          </span>
          <Button icon="retry" onPress={() => void refetch()}>
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
      {body !== undefined && <Attachments email={letter.id} files={body.attachments} />}
    </article>
  );
});

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
