// One letter, open: who wrote it to whom, what was kept out, the letter itself in its frame, and its attachments.
import { useState } from "react";
import { editDraft } from "../../../actions/compose";
import { allowImages } from "../../../actions/images";
import { sentenceOf } from "../../../actions/attempt";
import { Avatar } from "../../../components/Avatar";
import { Button } from "../../../components/Button";
import { Marked } from "../../../components/Marked";
import type { AddressView, LetterView } from "../../../ipc/backend";
import { useBody } from "../../../state/queries";
import { useLetterLook, useLooks } from "../../../state/letterLook";
import { useTheme } from "../../../state/theme";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import { around } from "../../../words/around";
import { fullTime, letterTime } from "../../../words/times";
import { Attachments } from "./Attachments";
import { Heard } from "./Heard";
import { Invitation } from "./Invitation";
import { LetterFrame } from "./LetterFrame";
import { LetterMenu } from "./LetterMenu";
import { Odd } from "./Odd";
import { Shield } from "./Shield";
import { useVouched, WhoLine, WhoSign } from "./WhoLine";
import { ListLine } from "./ListLine";
import styles from "./Letter.module.css";

export function OpenLetter({ letter, onFold }: { letter: LetterView; onFold?: () => void }) {
  const dark = useTheme((state) => state.dark);
  const [images, setImages] = useState(false);
  const { plain, original, charset } = useLetterLook(letter.id);
  const size = useLooks((state) => state.size);
  const look = { dark: dark && !original, remoteImages: images, plain, charset };
  const { data: body, error, refetch } = useBody(letter.id, look);
  const looking = useVouched(letter.id, body?.imagesHeld === true, refetch);
  const sender = letter.from[0] ?? { name: null, email: "" };
  const name = nameOf(sender);
  return (
    <article className={styles.letter} aria-label={say("letter-body", { name })}>
      {/* A press on the head folds the letter; the menu has the same for the keys. */}
      <header className={styles.head} onClick={(event) => event.target === event.currentTarget && onFold?.()}>
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
          {body !== undefined && !letter.draft && <WhoSign email={letter.id} />}
        </div>
        <div className={styles.when}>
          {letter.draft && <span className={styles.draft}>{say("letter-draft")}</span>}
          <LetterMenu
            letter={letter}
            darkened={body?.darkened === true || (dark && original)}
            remoteImages={images}
            {...(onFold ? { onFold } : {})}
          />
          <time title={fullTime(letter.at)} dateTime={new Date(letter.at).toISOString()}>
            {letterTime(letter.at)}
          </time>
        </div>
        <div className={styles.to} data-selectable>
          <People of="letter-to" part="recipients" list={letter.to.length > 0 ? letter.to : letter.bcc} />
          {letter.cc.length > 0 && (
            <>
              {", "}
              <People of="letter-cc" part="copies" list={letter.cc} />
            </>
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
          looking={looking}
          remote={body.remote}
          sender={sender}
          list={body.list}
          onShow={() => setImages(true)}
          onAlways={(whose) => {
            setImages(true);
            void allowImages(letter.id, whose);
          }}
        />
      )}
      {body?.list != null && <ListLine email={letter.id} list={body.list} />}
      {body !== undefined && <Odd oddities={body.oddities} />}
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
}

/** Their names are the letter's; the words around them are not, and nothing is marked in those. */
function People({ of, part, list }: { of: string; part: "recipients" | "copies"; list: AddressView[] }) {
  if (list.length === 0) return say(of, { people: say("letter-undisclosed") });
  const [before, behind] = around(of, "people");
  return (
    <>
      {before}
      <Marked part={part} text={list.map(nameOf).join(", ")} />
      {behind}
    </>
  );
}
