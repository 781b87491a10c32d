// The operators of a search as chips. Arrow keys walk them and lead out of them into the field, Delete and Backspace remove one, Enter
// opens it for editing, Escape goes back to the field.
import { useEffect, useRef } from "react";
import { Button, Tag, TagGroup, TagList, useLocale } from "react-aria-components";
import { Icon } from "../../../components/Icon";
import type { TakenChip } from "../../../state/searchTyping";
import { say } from "../../../words";
import { wordsOf } from "./wordsOf";
import styles from "./SearchField.module.css";

export interface ChipsProps {
  chips: readonly TakenChip[];
  onRemove: (chips: TakenChip[]) => void;
  onEdit: (chip: TakenChip) => void;
  /** Back to the field, to its beginning where one has walked out of the last chip. */
  onLeave: (to: "start" | "text") => void;
}

export function Chips({ chips, onRemove, onEdit, onLeave }: ChipsProps) {
  const strip = useRef<HTMLDivElement>(null);
  const { direction } = useLocale();
  // Where there is no room for all, the newest are the ones to be seen, unless somebody is at another. A chip is in the page a frame
  // after it was made.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const box = strip.current;
      if (box === null || box.contains(document.activeElement)) return;
      box.scrollTo({ left: direction === "rtl" ? -box.scrollWidth : box.scrollWidth });
    });
    return () => cancelAnimationFrame(frame);
  }, [chips.length, direction]);
  const keyed = withKeys(chips);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const key = (event.target as HTMLElement).closest('[role="row"]')?.getAttribute("data-key");
    const at = keyed.findIndex((one) => one.id === key);
    const found = keyed[at];
    if (found === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const onward = direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const deeds: Record<string, () => void> = {
      Enter: () => onEdit(found.chip),
      Escape: () => onLeave("text"),
      ...(at === keyed.length - 1 ? { [onward]: () => onLeave("start") } : {}),
      // Before the first there is nothing to go round to.
      ...(at === 0 ? { [onward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft"]: () => undefined } : {}),
    };
    const deed = deeds[event.key];
    // A chip's own button takes Enter for itself.
    const isButton = (event.target as HTMLElement).closest("button") !== null;
    if (deed === undefined || (isButton && event.key === "Enter")) return;
    event.preventDefault();
    event.stopPropagation();
    deed();
  };
  return (
    <div
      ref={strip}
      className={styles.chips}
      data-chips=""
      onKeyDownCapture={onKeyDown}
      // All of the chip that has the focus is to be seen, as far as there is room for it.
      onFocus={({ target }) =>
        target.closest('[role="row"]')?.scrollIntoView({ block: "nearest", inline: "nearest" })
      }
    >
      <TagGroup
        aria-label={say("search-chips")}
        onRemove={(gone) => onRemove(keyed.filter((one) => gone.has(one.id)).map((one) => one.chip))}
      >
        <TagList items={keyed} className={styles.chipList ?? ""}>
          {({ id, chip }) => (
            <Tag id={id} textValue={wordsOf(chip)} className={styles.chip ?? ""}>
              <span className={styles.chipText} onDoubleClick={() => onEdit(chip)}>
                {wordsOf(chip)}
              </span>
              <Button
                slot="remove"
                className={styles.remove ?? ""}
                aria-label={say("search-chip-remove", { chip: wordsOf(chip) })}
              >
                <Icon name="close" size={11} />
              </Button>
            </Tag>
          )}
        </TagList>
      </TagGroup>
    </div>
  );
}

/** The same operator may stand there twice. One keeps its key when another goes, and with it the focus of whoever is at it. */
function withKeys(chips: readonly TakenChip[]): { id: string; chip: TakenChip }[] {
  const times = new Map<string, number>();
  return chips.map((chip) => {
    const before = times.get(chip.token) ?? 0;
    times.set(chip.token, before + 1);
    return { id: `${before} ${chip.token}`, chip };
  });
}
