// What is offered under the search field: operators, and for some of them people, folders, days and sizes. Nothing is
// marked by itself, so that Enter searches for what was typed.
import { useEffect, useId, useState } from "react";
import { completeAddress } from "../../../actions/composeComplete";
import { folderNames } from "../../../state/folderNames";
import type { MailboxView } from "../../../ipc/backend";
import { useAccountsAtRest, useNamedLists, useOfMailboxes, useTags } from "../../../state/queries";
import { hintsFor, MOST_PEOPLE, namesSomebody, typingIn, type Hint } from "../../../state/search";
import { offeredPeople, type OfferedPerson } from "../../../state/searchPeople";

const PAUSE = 120;

export interface HintsOf {
  id: string;
  list: Hint[];
  /** There may be others than those that are listed. */
  more: boolean;
  index: number;
  active: Hint | null;
  optionId: (index: number) => string;
  step: (by: 1 | -1) => void;
  hide: () => void;
}

/** People of one name may be anywhere among those whom one writes with less. */
const ASKED = 60;
const NOBODY = { typed: "", offered: [] as OfferedPerson[], more: false };
/** What of the folders is named: not how much is in them, which is different with every letter. */
const foldersOf = (mailboxes: MailboxView[]) =>
  mailboxes.map(({ id, account, parent, name, selectable }) => ({ id, account, parent, name, selectable }));

/** Hints for what is typed at the caret, while the field has the focus. */
export function useHints(text: string, caret: number, open: boolean): HintsOf {
  const id = useId();
  const folders = useOfMailboxes(foldersOf);
  const accounts = useAccountsAtRest().data ?? [];
  const [people, setPeople] = useState(NOBODY);
  // Hidden, or stepped through, for this text and caret only.
  const [at, setAt] = useState<{ text: string; caret: number; index: number; hidden: boolean } | null>(null);
  const typing = typingIn(text, caret);
  const named = typing.operator === "in" ? folderNames(folders, accounts) : [];
  const lists = useNamedLists(open && typing.operator === "list");
  const tags = useTags(open && typing.operator === "tag");
  const person = namesSomebody(typing.operator) ? typing.typed.trim() : "";
  useEffect(() => {
    if (person === "") return;
    let current = true;
    const timer = setTimeout(() => {
      void completeAddress(person, ASKED).then(({ people, more }) => {
        if (current) setPeople({ typed: person, offered: offeredPeople(people), more });
      });
    }, PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [person]);

  const here = at?.text === text && at.caret === caret ? at : null;
  const known = {
    people: people.typed === person ? people.offered : [],
    folders: named,
    accounts: accounts.map((account) => account.label || account.email),
    lists,
    tags,
  };
  const list = open && here?.hidden !== true ? hintsFor(typing, known) : [];
  const index = here === null ? -1 : Math.min(here.index, list.length - 1);
  return {
    id,
    list,
    more: person !== "" && list.length > 0 && (people.more || people.offered.length > MOST_PEOPLE),
    index,
    active: list[index] ?? null,
    optionId: (place) => `${id}-${place}`,
    // One step above the first lies what was typed, marked by nothing.
    step: (by) => {
      const places = list.length + 1;
      setAt({ text, caret, hidden: false, index: ((index + 1 + by + places) % places) - 1 });
    },
    hide: () => setAt({ text, caret, hidden: true, index: -1 }),
  };
}
