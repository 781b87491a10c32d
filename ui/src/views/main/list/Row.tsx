// One conversation in the list. It shows; pressing and dragging are the list's.
import { memo } from "react";
import type { Density, Form } from "../../../state/looks";
import { Avatar } from "../../../components/Avatar";
import { Icon } from "../../../components/Icon";
import { Marked } from "../../../components/Marked";
import type { RowView } from "../../../ipc/backend";
import { useFoundThere } from "../../../state/foundThere";
import { useWhere } from "../../../state/whereabouts";
import { say } from "../../../words";
import { peopleSaid } from "../../../words/people";
import { fileSize, fullTime, shortTime } from "../../../words/times";
import { Beginning, Why } from "./Beginning";
import { Where } from "./Where";
import styles from "./Row.module.css";

export interface RowProps {
  row: RowView;
  index: number;
  total: number;
  top: number;
  form: Form;
  density: Density;
  selected: boolean;
  /** The cursor is on it, or stands before it. */
  current: "on" | "before" | undefined;
  /** Conversations are held over it: with it they would be one. */
  joining: boolean;
  /** The midnight since which a time is one of today. */
  today: number;
  onPress: (event: React.MouseEvent, index: number) => void;
  /** Pressed twice. */
  onTwice: (index: number) => void;
}

export const rowId = (index: number) => `conversation-${index}`;

/** While letters come, rows have other places and numbers all the time: what they say is not drawn anew for that. */
export const Row = memo(function Row({
  row,
  index,
  total,
  top,
  form,
  density,
  selected,
  current,
  joining,
  today,
  onPress,
  onTwice,
}: RowProps) {
  return (
    // The keys are the listbox's, which has the focus.
    <div
      role="option"
      id={rowId(index)}
      data-index={index}
      draggable="true"
      aria-selected={selected}
      aria-setsize={total}
      aria-posinset={index + 1}
      className={styles.row}
      data-form={form}
      data-density={density}
      data-unread={row.unread || undefined}
      data-current={current}
      data-joining={joining || undefined}
      style={{ top }}
      onClick={(event) => onPress(event, index)}
      onDoubleClick={() => onTwice(index)}
    >
      <Inside row={row} form={form} density={density} today={today} />
    </div>
  );
});

/** Rows that are fetched again are other objects, which mostly say the same. */
const Inside = memo(
  function Inside({ row, form, density }: Pick<RowProps, "row" | "form" | "density" | "today">) {
    const { lead, kept, rest } = peopleSaid(row);
    // Said to the style sheet: to look for it in each row (`:has`) costs a web view with whatever is drawn.
    const inTrash = useWhere()?.of(row).inTrash;
    const saidSubject = row.subject === "" ? say("no-subject") : <Marked part="subject" text={row.subject} />;
    // There is no line for how a letter begins.
    const isClose = form === "lines" && density === "dense";
    const onServer = useFoundThere(
      ({ emails }) => emails.size > 0 && row.emails.some((id) => emails.has(id)),
    );
    return (
      <>
        {form === "lines" && <Avatar name={row.avatarName || row.avatar} email={row.avatar} />}
        <div className={styles.who} data-in-trash={inTrash}>
          <span>
            <Said when={row.unread} id="row-unread" />
            {kept === "" ? (
              <Marked part="sender" text={lead} />
            ) : (
              <>
                <span className={styles.lead}>
                  <Marked part="sender" text={lead} />
                </span>
                <span className={styles.kept}>
                  <Marked part="sender" text={kept} />
                </span>
                {rest !== "" && (
                  <span className={styles.rest}>
                    <Marked part="sender" text={rest} />
                  </span>
                )}
              </>
            )}
          </span>
          {row.letters > 1 && (
            <span className={styles.number}>
              {row.letters}
              {row.moreLetters && "+"}
              <Said when id="row-letters" />
            </span>
          )}
          {isClose && <Where row={row} />}
        </div>
        <div className={styles.meta}>
          <Said when={onServer} id="row-on-server" />
          {onServer && <Icon name="server" size={13} />}
          <Said when={row.muted} id="row-muted" />
          {row.muted && <Icon name="muted" size={13} />}
          <Said when={row.hasAttachment} id="row-attachment" />
          {row.hasAttachment && <Icon name="clip" size={13} />}
          <Said when={row.starred} id="row-starred" />
          {row.starred && <Icon name="star" size={13} filled className={styles.star} />}
          {form === "table" && <span className={styles.size}>{fileSize(row.size)}</span>}
          <time dateTime={new Date(row.receivedAt).toISOString()} title={fullTime(row.receivedAt)}>
            {shortTime(row.receivedAt)}
          </time>
        </div>
        {isClose ? (
          <div className={styles.subject} data-in-trash={inTrash}>
            <span dir="auto">{saidSubject}</span>
            <Why row={row} people={lead + kept + rest} className={styles.why} />
          </div>
        ) : (
          <div className={styles.subject} dir="auto" data-in-trash={inTrash}>
            {saidSubject}
          </div>
        )}
        {!isClose && (
          <div className={styles.last}>
            <div className={styles.preview} dir="auto">
              <Beginning row={row} />
            </div>
            <Where row={row} />
          </div>
        )}
      </>
    );
  },
  (before, now) =>
    before.form === now.form &&
    before.density === now.density &&
    before.today === now.today &&
    says(before.row) === says(now.row),
);

const said = new WeakMap<RowView, string>();

/** All that a row tells, in one text. */
function says(row: RowView): string {
  let text = said.get(row);
  if (text === undefined) said.set(row, (text = JSON.stringify(row)));
  return text;
}

/** What a sign or a weight shows, said for those who do not see it. */
function Said({ when, id }: { when: boolean; id: string }) {
  return when ? <span className="visually-hidden"> {say(id)} </span> : null;
}

/** A row that is not here yet. */
export function Shadow({ top, form, density }: { top: number; form: Form; density: Density }) {
  return (
    <div
      role="presentation"
      className={`${styles.row ?? ""} ${styles.shadow ?? ""}`}
      data-form={form}
      data-density={density}
      style={{ top }}
    >
      <i />
      <i />
      <i />
      <i />
    </div>
  );
}
