// A port: any number can be typed, the usual ones are offered.
import { useRef } from "react";
import {
  Button,
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
} from "react-aria-components";
import { Icon } from "../../components/Icon";
import field from "../../components/TextField.module.css";
import menu from "../../components/Menu.module.css";
import { parsePort, usualDoors, type Service } from "../../state/ports";
import { say } from "../../words";
import styles from "./Manual.module.css";

export interface PortFieldProps {
  service: Service;
  name: string;
  port: number;
  /** With every digit. */
  onChange: (port: number) => void;
  /** When another port is chosen, or was typed to its end: 25 on the way to 2525 means nothing. */
  onDone: (port: number) => void;
  onLeave?: () => void;
  error: string | undefined;
}

export function PortField({ service, name, port, onChange, onDone, onLeave, error }: PortFieldProps) {
  const doors = usualDoors(service).map((door) => ({ ...door, id: String(door.port) }));
  const before = useRef(port);
  const text = port === 0 ? "" : String(port);
  return (
    <ComboBox
      className={field.field ?? ""}
      name={name}
      allowsCustomValue
      menuTrigger="manual"
      defaultFilter={() => true}
      defaultItems={doors}
      inputValue={text}
      value={doors.some((door) => door.id === text) ? text : null}
      onChange={(chosen) => {
        if (typeof chosen !== "string") return;
        before.current = Number(chosen);
        onDone(Number(chosen));
      }}
      onFocus={() => (before.current = port)}
      onBlur={() => {
        if (port !== before.current) onDone(port);
        onLeave?.();
      }}
      onInputChange={(typed) => {
        const digits = typed.replace(/\D/g, "").slice(0, 5);
        if (digits !== text) onChange(parsePort(digits) ?? Number(digits));
      }}
      isInvalid={error !== undefined}
    >
      <Label className={field.label ?? ""}>{say("setup-port")}</Label>
      <span className={styles.port}>
        <Input className={field.input ?? ""} name={name} inputMode="numeric" autoComplete="off" />
        <Button className={styles.open ?? ""} aria-label={say("setup-port-choices")}>
          <Icon name="down" size={14} />
        </Button>
      </span>
      <FieldError className={field.error ?? ""}>{error}</FieldError>
      <Popover className={menu.popover ?? ""} offset={4} placement="bottom end">
        <ListBox className={menu.menu ?? ""}>
          {(door: (typeof doors)[number]) => (
            <ListBoxItem id={door.id} textValue={door.id} className={menu.item ?? ""}>
              {say("setup-port-choice", { port: door.id, security: say(`setup-security-${door.security}`) })}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
