// One choice out of a few: a labelled button that opens a list. The choices' words are the caller's.
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  type Key,
} from "react-aria-components";
import { Icon } from "./Icon";
import field from "./TextField.module.css";
import menu from "./Menu.module.css";
import styles from "./Select.module.css";

export interface SelectProps<Choice extends string> {
  label: string;
  hideLabel?: boolean;
  choices: readonly { id: Choice; text: string }[];
  value: Choice;
  onChange: (choice: Choice) => void;
  isDisabled?: boolean;
  /** Without its box, for a line that has its own. */
  bare?: boolean;
  className?: string | undefined;
}

export function Select<Choice extends string>({
  label,
  hideLabel = false,
  choices,
  value,
  onChange,
  isDisabled = false,
  bare = false,
  className,
}: SelectProps<Choice>) {
  const choose = (key: Key | null) => {
    const choice = choices.find((one) => one.id === key);
    if (choice) onChange(choice.id);
  };
  return (
    <AriaSelect
      value={value}
      onChange={choose}
      isDisabled={isDisabled}
      className={[field.field, className].filter(Boolean).join(" ")}
    >
      <Label className={hideLabel ? "visually-hidden" : (field.label ?? "")}>{label}</Label>
      <Button className={(bare ? styles.bare : styles.box) ?? ""}>
        <SelectValue className={styles.value ?? ""}>{({ selectedText }) => selectedText}</SelectValue>
        <Icon name="down" size={14} />
      </Button>
      <Popover className={menu.popover ?? ""} offset={4}>
        <ListBox items={choices} className={menu.menu ?? ""}>
          {(choice) => (
            <ListBoxItem
              id={choice.id}
              textValue={choice.text}
              className={[menu.item, styles.item].join(" ")}
            >
              {({ isSelected }) => (
                <>
                  <span className={styles.tick}>{isSelected && <Icon name="check" size={14} />}</span>
                  {choice.text}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
