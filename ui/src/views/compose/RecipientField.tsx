// A line of recipients: pills that can be walked and removed by keyboard, and an input that completes names. Enter, a
// comma or leaving the line turns what was typed into pills; what is no address stays as a marked pill.
import { useEffect, useId, useRef, useState } from "react";
import type { AddressView } from "../../ipc/backend";
import { isAddress, parseRecipients, withRecipients } from "../../state/recipients";
import { say } from "../../words";
import { nameOf } from "../../words/address";
import { Pills } from "./Pills";
import { Suggestions } from "./Suggestions";
import { useSuggestions } from "./useSuggestions";
import lines from "./Composer.module.css";
import styles from "./RecipientField.module.css";

export interface RecipientFieldProps {
  id: string;
  label: string;
  value: AddressView[];
  onChange: (value: AddressView[]) => void;
  startHere: boolean;
  children?: React.ReactNode;
}

export function RecipientField({ id, label, value, onChange, startHere, children }: RecipientFieldProps) {
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const pills = useRef<HTMLDivElement>(null);
  const hint = useId();
  const suggestions = useSuggestions(text, value);
  useEffect(() => {
    if (startHere) input.current?.focus();
  }, [startHere]);

  const add = (more: AddressView[]) => {
    if (more.length > 0) onChange(withRecipients(value, more));
    setText("");
    suggestions.hide();
  };
  const finish = () => add(parseRecipients(text));
  const walkBack = () => {
    const all = Array.from(pills.current?.querySelectorAll<HTMLElement>('[role="row"]') ?? []);
    all.at(-1)?.focus();
  };
  const edit = (address: AddressView) => {
    onChange(value.filter((one) => one !== address));
    setText(address.name ? `${address.name} <${address.email}>` : address.email);
    input.current?.focus();
  };

  const keys = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const atStart = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0;
    const { active } = suggestions;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (suggestions.list.length === 0) return;
      event.preventDefault();
      suggestions.step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" || (event.key === "Tab" && text !== "" && active)) {
      const sends = event.ctrlKey || event.metaKey;
      if (!sends && !(event.key === "Tab" && event.shiftKey)) event.preventDefault();
      if (active) add([active]);
      else finish();
    } else if ((event.key === "," || event.key === ";") && !insideName(text)) {
      event.preventDefault();
      if (text.trim() !== "") finish();
    } else if (event.key === "Escape" && suggestions.list.length > 0) {
      event.stopPropagation();
      suggestions.hide();
    } else if (event.key === "Backspace" && text === "" && value.length > 0) {
      event.preventDefault();
      onChange(value.slice(0, -1));
    } else if (event.key === "ArrowLeft" && atStart && value.length > 0) {
      event.preventDefault();
      walkBack();
    }
  };
  const paste = (event: React.ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData("text/plain");
    const found = parseRecipients(pasted);
    if (!found.some((one) => isAddress(one.email))) return;
    event.preventDefault();
    add(found);
  };

  const invalid = value.filter((one) => !isAddress(one.email));
  return (
    <div className={lines.line}>
      <label className={lines.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.flow} onMouseDown={(event) => focusInput(event, input.current)}>
        {value.length > 0 && (
          <Pills
            groupRef={pills}
            label={say("compose-recipient-list", { field: label })}
            value={value}
            onChange={(list) => {
              onChange(list);
              if (list.length === 0) input.current?.focus();
            }}
            onEdit={edit}
          />
        )}
        <span className={styles.typing}>
          <input
            id={id}
            ref={input}
            className={lines.plainInput}
            value={text}
            role="combobox"
            aria-expanded={suggestions.list.length > 0}
            aria-autocomplete="list"
            aria-controls={suggestions.id}
            aria-activedescendant={suggestions.active ? suggestions.optionId(suggestions.index) : undefined}
            aria-describedby={hint}
            aria-invalid={invalid.length > 0 || undefined}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={keys}
            onPaste={paste}
            onBlur={finish}
          />
          <Suggestions suggestions={suggestions} onPick={(address) => add([address])} />
        </span>
        <span id={hint} className="visually-hidden">
          {say("compose-recipients-hint")}{" "}
          {invalid.map((one) => say("compose-recipient-invalid", { name: nameOf(one) })).join(" ")}
        </span>
      </div>
      {children}
    </div>
  );
}

// A comma belongs to the name while a quotation mark is open.
function insideName(text: string): boolean {
  return (text.match(/"/g)?.length ?? 0) % 2 === 1;
}

function focusInput(event: React.MouseEvent, input: HTMLInputElement | null): void {
  if (event.target !== event.currentTarget) return;
  event.preventDefault();
  input?.focus();
}
