// What can be done with one letter: with any that is read, and with one that stands in a folder rather than with all of its
// conversation.
import { memo } from "react";
import { run, shortcut } from "../../../actions/commands";
import { respond } from "../../../actions/compose";
import { takeOut } from "../../../actions/conversations";
import { IconButton } from "../../../components/IconButton";
import { Menu, type MenuEntry } from "../../../components/Menu";
import type { LetterView } from "../../../ipc/backend";
import { performQuietly } from "../../../actions/perform";
import { copiesNow, removeForGood, removeLetter } from "../../../actions/removeLetter";
import {
  chooseCharset,
  printLetter,
  saveSource,
  showSource,
  toggleOriginal,
  togglePlain,
} from "../../../actions/letterLook";
import { useLetterLook } from "../../../state/letterLook";
import { here, useWindow } from "../../../state/window";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import type { HeadOfLetter } from "./ReadLetter";
import styles from "./Letter.module.css";

/** They are the same for all letters. */
const SIZES = [
  ["larger", "plus"],
  ["smaller", "minus"],
  ["usualSize", "text"],
] as const;

const ANSWERS = ["reply", "replyAll", "forward"] as const;

export interface LetterMenuProps {
  letter: HeadOfLetter;
  /** The same where it stands in a folder, and not within another letter. */
  filed?: LetterView;
  /** It lies in Trash and nowhere else. */
  inTrash?: boolean;
  /** Whether its colours were changed for dark paper, or would be. */
  darkened: boolean;
  onFold?: (email: string) => void;
}

export const LetterMenu = memo(function LetterMenu({
  letter,
  filed,
  inTrash = false,
  darkened,
  onFold,
}: LetterMenuProps) {
  const looks = useLooking(letter, darkened);
  const entries: MenuEntry[] = [
    ...ANSWERS.map((kind): MenuEntry => ({
      id: kind,
      label: say(`command-${kind}`),
      icon: kind,
      onAction: () => void respond(letter.id, kind),
    })),
    "line",
    ...(filed === undefined ? [] : [starring(filed), "line" as const]),
    ...looks,
    ...(onFold === undefined || filed === undefined ? [] : ofConversation(filed, onFold)),
    ...(filed === undefined ? [] : ["line" as const, removing(filed, inTrash)]),
  ];
  return (
    <Menu label={say("letter-menu")} entries={entries}>
      <IconButton icon="more" label={say("letter-menu")} className={styles.menu} />
    </Menu>
  );
});

/** Looking at a letter otherwise, at its source, on paper, in a file. */
function useLooking(letter: HeadOfLetter, darkened: boolean): MenuEntry[] {
  const ask = useWindow((state) => state.ask);
  const { plain, original } = useLetterLook(letter.id);
  const sender = letter.from[0];
  return [
    {
      id: "plain",
      label: say("letter-as-text"),
      checked: plain,
      shortcut: shortcut("asText"),
      onAction: () => togglePlain(letter.id),
    },
    ...(darkened
      ? [
          {
            id: "original",
            label: say("letter-original"),
            checked: original,
            shortcut: shortcut("original"),
            onAction: () => toggleOriginal(letter.id),
          } satisfies MenuEntry,
        ]
      : []),
    ...SIZES.map(([name, icon]): MenuEntry => ({
      id: name,
      label: say(`command-${name}`),
      icon,
      shortcut: shortcut(name),
      onAction: () => run(name),
    })),
    {
      id: "charset",
      label: `${say("letter-charset")}…`,
      icon: "text",
      onAction: () => chooseCharset(letter.id),
    },
    {
      id: "source",
      label: say("letter-source"),
      icon: "code",
      shortcut: shortcut("source"),
      onAction: () => showSource(letter.id),
    },
    {
      id: "save",
      label: say("letter-save"),
      icon: "download",
      onAction: () => void saveSource(letter.id),
    },
    {
      id: "print",
      label: say("letter-print"),
      icon: "print",
      shortcut: shortcut("print"),
      onAction: () => void printLetter(letter.id),
    },
    ...(sender === undefined || sender.email === ""
      ? []
      : [
          {
            id: "files",
            label: say("letter-files-of", { name: nameOf(sender) }),
            icon: "clip",
            onAction: () =>
              ask({
                kind: "files",
                source: { kind: "person", address: sender.email },
                name: nameOf(sender),
                back: here(),
              }),
          } satisfies MenuEntry,
        ]),
  ];
}

function starring(letter: LetterView): MenuEntry {
  return {
    id: "star",
    label: say(letter.starred ? "command-unstar" : "command-star"),
    icon: "star",
    onAction: () =>
      void performQuietly(
        {
          kind: "setKeywords",
          // Taken away, it stays on no copy.
          emails: [letter.id, ...(letter.starred ? copiesNow(letter).map(({ id }) => id) : [])],
          add: letter.starred ? [] : ["$flagged"],
          remove: letter.starred ? ["$flagged"] : [],
        },
        say(letter.starred ? "done-unstarred" : "done-starred", { rows: say("rows-messages", { n: 1 }) }),
      ),
  };
}

function ofConversation(letter: LetterView, onFold: (email: string) => void): MenuEntry[] {
  const name = letter.from[0] === undefined ? "" : nameOf(letter.from[0]);
  return [
    {
      id: "takeOut",
      label: say("letter-take-out"),
      icon: "part",
      onAction: () => void takeOut([letter.id]),
    },
    {
      id: "fold",
      label: say("letter-fold", { name }),
      icon: "down",
      onAction: () => onFold(letter.id),
    },
  ];
}

function removing(letter: LetterView, inTrash: boolean): MenuEntry {
  return {
    id: "delete",
    label: say(inTrash ? "letter-delete-for-good" : "command-delete"),
    icon: "trash",
    danger: true,
    onAction: () => void (inTrash ? removeForGood(letter) : removeLetter(letter)),
  };
}
