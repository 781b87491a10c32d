// An older letter of the conversation on one line. A press opens it.
import { Button as AriaButton } from "react-aria-components";
import { Avatar } from "../../../components/Avatar";
import { Icon } from "../../../components/Icon";
import { Marked } from "../../../components/Marked";
import type { LetterView } from "../../../ipc/backend";
import type { AsideFolder } from "../../../state/aside";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import { letterTime } from "../../../words/times";
import { useFocusStays } from "./useFocusStays";
import styles from "./Letter.module.css";

interface Props {
  letter: LetterView;
  /** It has a subject of its own, which is not the conversation's. */
  own?: boolean;
  /** Where it is put aside: in Trash or Junk. */
  aside?: AsideFolder | null;
  onOpen: () => void;
}

export function FoldedLetter({ letter, own = false, aside = null, onOpen }: Props) {
  const sender = letter.from[0] ?? { name: null, email: "" };
  const name = nameOf(sender);
  useFocusStays(letter.id);
  return (
    <AriaButton
      className={styles.folded ?? ""}
      onPress={onOpen}
      data-unread={letter.unread || undefined}
      data-email={letter.id}
    >
      <Avatar name={name} email={sender.email} size={26} />
      <span className="visually-hidden">{say("letter-open")}</span>
      <span className={styles.foldedName} dir="auto">
        <Marked part="sender" text={name} />
      </span>
      {letter.draft && <span className={styles.draft}>{say("letter-draft")}</span>}
      {aside !== null && (
        <span className={styles.aside} dir="auto">
          {say("letter-in", { folder: aside.name })}
        </span>
      )}
      {own && (
        <span className={styles.own} dir="auto">
          <Marked part="subject" text={letter.subject} />
        </span>
      )}
      <span className={styles.beginning} dir="auto">
        <Marked part="text" text={letter.preview} />
      </span>
      {letter.hasAttachment && <Icon name="clip" size={13} />}
      {letter.starred && <Icon name="star" size={13} filled className={styles.star} />}
      <time>{letterTime(letter.at)}</time>
      {letter.unread && <span className="visually-hidden">{say("letter-unread")}</span>}
    </AriaButton>
  );
}
