// One conversation: its subject, its letters from old to new with the newest open, and the way to answer.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { answer } from "../../../actions/answer";
import { hooks } from "../../../actions/commands";
import { sentenceOf } from "../../../actions/attempt";
import { markRead } from "../../../actions/letters";
import { Button } from "../../../components/Button";
import { Empty } from "../../../components/Empty";
import { Icon } from "../../../components/Icon";
import { Marked } from "../../../components/Marked";
import type { LetterView } from "../../../ipc/backend";
import { apartFrom, asideOf, withFetched, type AsideFolder, type LetterFolders } from "../../../state/aside";
import { useLookedAt } from "../../../state/attention";
import { copiesOf } from "../../../state/copies";
import { useLettersShown } from "../../../state/lettersShown";
import { useAccountsAtRest } from "../../../state/queries";
import { openRow, useSelection } from "../../../state/selection";
import { useFoundLetters } from "../../../state/foundLetters";
import { useReadAfter } from "../../../state/reading";
import { say } from "../../../words";
import { calledName, nameOf } from "../../../words/address";
import { isSameSubject } from "../../../words/subject";
import { awaitLetter, followLetter } from "../../../state/here";
import { lines, MORE_FOLDED, openAtFirst } from "../../../state/unfolded";
import { AsideLines } from "./AsideLines";
import { FoldedLetter } from "./FoldedLetter";
import { WhenNear } from "./WhenNear";
import { Waiting } from "./Waiting";
import { OpenLetter } from "./OpenLetter";
import { useOpenedToFind } from "./useOpenedToFind";
import { useStill } from "./useStill";
import styles from "./ReadingPane.module.css";

const NOBODY = { name: null, email: "" };

interface ConversationProps {
  thread: string;
  /** The one letter of it that is shown, where each has a row of its own. */
  only?: string | null;
  /** It has been waited for long enough already: where it will be is shown at once. */
  late?: boolean;
}

export function Conversation({ thread, only = null, late = false }: ConversationProps) {
  const { all, among, folders, error, refetch, subject = "" } = useLettersShown(thread, only);
  // What lies in Trash or Junk comes when it is asked for.
  const [fetched, setFetched] = useState<readonly AsideFolder["role"][]>([]);
  const letters = useMemo(
    () =>
      fetched.length === 0 || all === undefined ? among : withFetched(all, among ?? [], folders, fetched),
    [all, among, folders, fetched],
  );
  const readAfter = useReadAfter();
  const muted = useMuted(thread);
  const found = useFoundLetters(thread);
  const [turned, setTurned] = useState<ReadonlyMap<string, boolean>>(new Map());
  // The one that was opened by itself.
  const [byHand, setByHand] = useState<string | null>(null);
  const [more, setMore] = useState(0);
  // Those that stood in the pane.
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const onSeen = useCallback((id: string) => setSeen((known) => new Set(known).add(id)), []);
  const lookedAt = useLookedAt();
  const atFirst = useRef<ReadonlySet<string> | null>(null);
  const looked = useRef(new Set<string>());
  const content = useRef<HTMLDivElement>(null);
  const atFirstOf = useRef(only);
  if ((atFirst.current === null || atFirstOf.current !== only) && among !== undefined) {
    // What was open stays open where the letters around it come or go.
    atFirst.current = new Set([...(atFirst.current ?? []), ...openAtFirst(among)]);
    atFirstOf.current = only;
  }
  const newest = among?.at(-1);
  useStill(content, newest !== undefined);
  const isOpen = ({ id }: LetterView) =>
    turned.get(id) ?? (id === newest?.id || found.has(id) || (atFirst.current?.has(id) ?? false));
  const openAll = useCallback(
    (ids: readonly string[]) =>
      setTurned((known) => new Map([...known, ...ids.map((id) => [id, true] as const)])),
    [],
  );
  const finding = useOpenedToFind(letters, isOpen, openAll);
  // What is folded has not been read, nor what is open and so far off that it was never seen.
  const openNow = (letters ?? []).filter(isOpen);
  const fresh = openNow
    .filter(({ id }) => seen.has(id))
    .flatMap((letter) => [letter, ...copiesOf(all ?? [], letter)])
    .filter(({ unread }) => unread)
    .map(({ id }) => id);
  const freshNow = fresh.join(" ");
  useEffect(() => {
    // A letter is marked once: if the person marks it unread again, it stays so, and so does one that was read before.
    for (const letter of all ?? []) if (!letter.unread) looked.current.add(letter.id);
    const due = freshNow.split(" ").filter((id) => id !== "" && !looked.current.has(id));
    if (due.length === 0 || !lookedAt || readAfter === undefined || readAfter === null) return;
    const timer = setTimeout(() => {
      for (const id of due) looked.current.add(id);
      void markRead(due);
    }, readAfter);
    return () => clearTimeout(timer);
  }, [all, freshNow, lookedAt, readAfter]);

  // On one line, or come with others; one that is opened is followed by its place (WhenNear), and stands where its line stood.
  useLayoutEffect(() => followLetter("show"), [turned, more, fetched]);

  useEffect(() => {
    hooks.unfold = (email) => {
      setTurned((known) => new Map(known).set(email, true));
      setByHand(email);
    };
    hooks.unfoldAll = () => {
      const open = letters?.some((letter) => !isOpen(letter)) === true;
      // Each comes when it is near.
      setTurned(new Map((letters ?? []).map(({ id }) => [id, open || id === newest?.id])));
      setByHand(null);
    };
    return () => {
      hooks.unfold = () => {};
      hooks.unfoldAll = () => {};
    };
  });

  // Always the same functions: a letter that is open is not drawn anew because another one is turned.
  const turn = useCallback((id: string, open: boolean) => {
    setTurned((known) => new Map(known).set(id, open));
    setByHand(id);
  }, []);
  const fold = useCallback((id: string) => turn(id, false), [turn]);

  if (error !== null && letters === undefined) {
    return (
      <Empty
        icon="warning"
        title={say("reading-failed", { grouping: only === null ? "conversations" : "messages" })}
        more={sentenceOf(error)}
        alert
      >
        <Button icon="retry" onPress={() => void refetch()}>
          {say("try-again")}
        </Button>
      </Empty>
    );
  }
  if (all === undefined || among === undefined || letters === undefined) return <Waiting atOnce={late} />;
  if (newest === undefined) return null;

  const today = new Date().setHours(0, 0, 0, 0);
  // Nobody answers a letter that is not written yet.
  const answered = among.filter((letter) => !letter.draft).at(-1);
  return (
    <div ref={content} className={styles.conversation}>
      <header className={styles.subject} data-selectable>
        <h1 dir="auto" data-findable="">
          {subject === "" ? say("no-subject") : <Marked part="subject" text={subject} />}
        </h1>
        {muted && (
          <span className={styles.tag}>
            <Icon name="muted" size={12} /> {say("conversation-muted")}
          </span>
        )}
        {ownFolders(letters, folders).map(({ id, name }) => (
          <span key={id} className={styles.tag} dir="auto">
            {name}
          </span>
        ))}
      </header>
      {only === null && (
        <AsideLines
          letters={apartFrom(all, letters)}
          folders={folders}
          onShow={(role, first) => {
            // The line goes: who has pressed it goes on at the first letter that has come.
            awaitLetter(first);
            setFetched([...fetched, role]);
          }}
        />
      )}
      {lines(letters, isOpen, more).map((line) =>
        "hidden" in line ? (
          <AriaButton
            key={`hidden ${line.id}`}
            className={styles.hidden ?? ""}
            onPress={() => {
              // It goes, or stands elsewhere: who has pressed it goes on at the first letter that has come.
              awaitLetter(line.id);
              setMore(more + MORE_FOLDED);
            }}
          >
            <Icon name="down" size={14} />
            {say("letters-hidden", { n: line.hidden })}
          </AriaButton>
        ) : isOpen(line) ? (
          <WhenNear
            key={line.id}
            email={line.id}
            // Words are looked for in all that is open.
            atOnce={
              finding ||
              found.has(line.id) ||
              line.id === byHand ||
              line.id === newest.id ||
              line.id === openNow[0]?.id
            }
            label={say("letter-body", { name: nameOf(line.from[0] ?? NOBODY) })}
          >
            <OpenLetter
              letter={line}
              own={!isSameSubject(line.subject, subject)}
              aside={asideOf(line, folders)}
              today={today}
              onSeen={onSeen}
              {...(letters.length > 1 ? { onFold: fold } : {})}
            />
          </WhenNear>
        ) : (
          <FoldedLetter
            key={line.id}
            letter={line}
            own={!isSameSubject(line.subject, subject)}
            aside={asideOf(line, folders)}
            onOpen={() => turn(line.id, true)}
          />
        ),
      )}
      {answered !== undefined && <ReplyBox letter={answered} />}
    </div>
  );
}

/** Only the row of what is chosen says it; a conversation that stays while another one comes is as it was last. */
function useMuted(thread: string): boolean {
  const told = useSelection((state) => {
    const row = openRow(state);
    return row?.thread === thread ? row.muted : null;
  });
  const [muted, setMuted] = useState(told ?? false);
  if (told !== null && told !== muted) setMuted(told);
  return told ?? muted;
}

/** The person's own folders that its letters are in. */
function ownFolders(letters: readonly LetterView[], { own }: LetterFolders): { id: string; name: string }[] {
  return [...new Set(letters.flatMap((letter) => letter.mailboxes))].flatMap((id) => {
    const name = own[id];
    return name === undefined ? [] : [{ id, name }];
  });
}

/** "Reply to everyone…" where there is more than one other person, else "Reply to Mika…". */
function ReplyBox({ letter }: { letter: LetterView }) {
  const own = new Set((useAccountsAtRest().data ?? []).map((account) => account.email.toLowerCase()));
  const others = new Map(
    [...letter.from, ...letter.to, ...letter.cc]
      .filter((each) => !own.has(each.email.toLowerCase()))
      .map((each) => [each.email.toLowerCase(), each]),
  );
  const [only] = others.values();
  const everyone = others.size > 1 || only === undefined;
  return (
    <AriaButton
      className={styles.reply ?? ""}
      onPress={() => void answer(everyone ? "replyAll" : "reply", letter.id)}
    >
      <Icon name="reply" />
      <span className={styles.replyTo} dir="auto">
        {everyone ? say("reply-everyone") : say("reply-one", { name: calledName(only) })}
      </span>
    </AriaButton>
  );
}
