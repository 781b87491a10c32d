// To whom a letter is written, on one line of names; and behind a press on it everybody who stands in its head, with addresses that
// can be copied and written to. A letter to three thousand people does not fill the pane with them.
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { Icon } from "../../../components/Icon";
import { Marked } from "../../../components/Marked";
import { Menu, type MenuEntry } from "../../../components/Menu";
import { copyAddress, writeTo } from "../../../actions/addresses";
import type { AddressView } from "../../../ipc/backend";
import { stepOut } from "../../../state/here";
import { isLetterWindow } from "../../../state/letterWindow";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import { around } from "../../../words/around";
import { fullTime } from "../../../words/times";
import type { HeadOfLetter } from "./ReadLetter";
import styles from "./Letter.module.css";

/** Names on the line of each kind, and people in the list before it is asked for more. */
const ON_THE_LINE = 12;
const IN_THE_LIST = 50;

interface Props {
  letter: HeadOfLetter;
  /** Who has sent it, where that is somebody else than who wrote it. */
  sentBy: AddressView | null;
}

export function Addressed({ letter, sentBy }: Props) {
  const [open, setOpen] = useState(false);
  const { from, to, cc, bcc, replyTo } = letter;
  // Somebody's own letter to nobody but hidden ones is to these.
  const first = to.length > 0 || bcc.length === 0 ? to : bcc;
  const hidden = first === bcc ? [] : bcc;
  const whole: [string, AddressView[]][] = [
    ["head-from", from],
    ["head-sender", sentBy === null ? [] : [sentBy]],
    ["head-reply-to", replyTo],
    ["head-to", to],
    ["head-cc", cc],
    ["head-bcc", bcc],
  ];
  const { at, sent } = letter;
  const moments: [string, number | null | undefined][] =
    sent === undefined
      ? [["head-sent", at]]
      : [
          ["head-sent", sent],
          ["head-came", at],
        ];
  const times = moments.flatMap(([label, time]) => (time == null ? [] : [[label, time] as const]));
  return (
    <>
      <div className={styles.to} data-selectable>
        <People of="letter-to" part="recipients" list={first} />
        {cc.length > 0 && (
          <>
            {", "}
            <People of="letter-cc" part="copies" list={cc} />
          </>
        )}
        {hidden.length > 0 && (
          <>
            {", "}
            <People of="letter-bcc" part="copies" list={hidden} />
          </>
        )}{" "}
        <AriaButton
          className={styles.addresses ?? ""}
          aria-expanded={open}
          aria-label={say("head-addresses")}
          onPress={() => setOpen(!open)}
        >
          <Icon name={open ? "up" : "down"} size={12} />
        </AriaButton>
      </div>
      {open && (
        <dl className={styles.whole} data-selectable>
          {whole
            .filter(([, list]) => list.length > 0)
            .map(([label, list]) => (
              <div key={label}>
                <dt>{say(label)}</dt>
                <dd>
                  <Listed list={list} />
                </dd>
              </div>
            ))}
          {times.map(([label, time]) => (
            <div key={label}>
              <dt>{say(label)}</dt>
              <dd>{fullTime(time)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

/** Their names are the letter's; the words around them are not, and nothing is marked in those. */
function People({ of, part, list }: { of: string; part: "recipients" | "copies"; list: AddressView[] }) {
  if (list.length === 0) return say(of, { people: say("letter-undisclosed") });
  const [before, behind] = around(of, "people");
  const named = list.slice(0, ON_THE_LINE);
  const others = list.length - named.length;
  return (
    <>
      {before}
      <Marked part={part} text={named.map(nameOf).join(", ")} />
      {others > 0 && say("head-others", { n: others })}
      {behind}
    </>
  );
}

function Listed({ list }: { list: AddressView[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? list : list.slice(0, IN_THE_LIST);
  return (
    <>
      {shown.map((each, at) => (
        <Person key={`${each.email}-${at}`} person={each} />
      ))}
      {shown.length < list.length && (
        <AriaButton
          className={styles.person ?? ""}
          onPress={() => {
            stepOut();
            setAll(true);
          }}
        >
          {say("head-others", { n: list.length - shown.length })}
        </AriaButton>
      )}
    </>
  );
}

function Person({ person }: { person: AddressView }) {
  const { name, email } = person;
  const entries: MenuEntry[] = [
    ...(isLetterWindow()
      ? []
      : [
          {
            id: "write",
            label: say("head-write", { address: email }),
            icon: "edit",
            onAction: () => writeTo(email),
          } satisfies MenuEntry,
        ]),
    { id: "copy", label: say("head-copy"), icon: "copy", onAction: () => void copyAddress(email) },
  ];
  return (
    <Menu label={say("head-person", { address: email })} entries={entries}>
      <AriaButton className={styles.person ?? ""}>
        {name !== null && <bdi>{name}</bdi>} <bdi className={styles.address}>{email}</bdi>
      </AriaButton>
    </Menu>
  );
}
