// One letter of a conversation, open: the letter as any is read, what is known of who sent it, where it lies, and what can be done with
// it there.
import { memo, useRef } from "react";
import { editDraft } from "../../../actions/compose";
import { allowImages } from "../../../actions/images";
import { Button } from "../../../components/Button";
import type { BodyView, LetterView } from "../../../ipc/backend";
import { isOnlyInTrash, type AsideFolder } from "../../../state/aside";
import { useBody } from "../../../state/bodies";
import { useLetterLook, useLookView } from "../../../state/letterLook";
import { useTheme } from "../../../state/theme";
import { say } from "../../../words";
import { LetterMenu } from "./LetterMenu";
import { ReadLetter } from "./ReadLetter";
import { useFocusStays } from "./useFocusStays";
import { useSeen } from "./useSeen";
import { useVouched, useWhoTold, WhoLine, WhoSign } from "./WhoLine";
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
  const { original } = useLetterLook(letter.id);
  useFocusStays(letter.id);
  const place = useRef<HTMLElement>(null);
  useSeen(place, letter.id, onSeen);
  const { data: body, error, refetch } = useBody(letter.id, useLookView(letter.id));
  const held = body?.imagesHeld === true;
  const who = useWhoTold(letter.id, domainOf(letter), body);
  const holds = who.who?.pictures;
  const looking = useVouched(letter.id, held || isUnvouched(body), who.first, refetch);
  return (
    <ReadLetter
      ref={place}
      letter={letter}
      own={own}
      body={body}
      error={error}
      onRetry={() => void refetch()}
      today={today}
      looking={held && looking}
      holds={holds}
      onAlways={(whose) => void allowImages(letter.id, whose)}
      onFold={onFold}
      sign={body !== undefined && !letter.draft && <WhoSign email={letter.id} told={who} />}
      marks={
        <>
          {aside !== null && (
            <span className={styles.aside} dir="auto">
              {say("letter-in", { folder: aside.name })}
            </span>
          )}
          {letter.draft && <span className={styles.draft}>{say("letter-draft")}</span>}
        </>
      }
      menu={
        <LetterMenu
          letter={letter}
          filed={letter}
          inTrash={isOnlyInTrash(letter, aside)}
          darkened={body?.darkened === true || (dark && original)}
          {...(onFold ? { onFold } : {})}
        />
      }
      above={
        <>
          {letter.draft && (
            <div className={styles.goOn}>
              <Button icon="edit" onPress={() => void editDraft(letter.id)}>
                {say("letter-draft-edit")}
              </Button>
            </div>
          )}
          {body !== undefined && !letter.draft && <WhoLine email={letter.id} told={who} />}
        </>
      }
    />
  );
});

const domainOf = ({ from: [sender] }: LetterView) => sender?.email.split("@").at(-1) ?? "";

/** What it says in somebody's name is told as a claim, until somebody vouches for them. */
function isUnvouched(body: BodyView | undefined): boolean {
  const { invitation, reporting } = body ?? {};
  return (
    invitation?.doubted === true ||
    invitation?.speakers.some(({ said }) => said === "inTheirName") === true ||
    reporting?.lines.some(({ by }) => by === "inReadersName") === true
  );
}
