// The operators of a search as chips. Arrow keys walk them, Delete and Backspace remove one, Enter opens it for editing.
import { useEffect, useRef } from "react";
import { Button, Tag, TagGroup, TagList } from "react-aria-components";
import { Icon } from "../../../components/Icon";
import type { TakenChip } from "../../../state/searchTyping";
import { say } from "../../../words";
import { wordsOf } from "./wordsOf";
import styles from "./SearchField.module.css";

export interface ChipsProps {
  chips: readonly TakenChip[];
  onChange: (chips: TakenChip[]) => void;
  onEdit: (chip: TakenChip) => void;
}

export function Chips({ chips, onChange, onEdit }: ChipsProps) {
  const strip = useRef<HTMLDivElement>(null);
  // Where there is no room for all, the newest are the ones to be seen. A chip is in the page a frame after it was made.
  useEffect(() => {
    const frame = requestAnimationFrame(() => strip.current?.scrollTo({ left: strip.current.scrollWidth }));
    return () => cancelAnimationFrame(frame);
  }, [chips.length]);
  // The same operator may stand there twice.
  const keyed = chips.map((chip, at) => ({ id: `${at} ${chip.token}`, chip }));
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key !== "Enter") return;
    const key = (event.target as HTMLElement).closest('[role="row"]')?.getAttribute("data-key");
    const found = keyed.find((one) => one.id === key);
    if (found === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onEdit(found.chip);
  };
  return (
    <div ref={strip} className={styles.chips} onKeyDownCapture={onKeyDown}>
      <TagGroup
        aria-label={say("search-chips")}
        onRemove={(gone) => onChange(keyed.filter((one) => !gone.has(one.id)).map((one) => one.chip))}
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
