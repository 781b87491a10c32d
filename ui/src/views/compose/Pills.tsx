// The recipients of one line as pills. Arrow keys walk them, Delete and Backspace remove one, Enter opens it for editing.
import { Button, Tag, TagGroup, TagList } from "react-aria-components";
import { Avatar } from "../../components/Avatar";
import { Icon } from "../../components/Icon";
import type { AddressView } from "../../ipc/backend";
import { isAddress } from "../../state/recipients";
import { say } from "../../words";
import { nameOf } from "../../words/address";
import styles from "./Pills.module.css";

export interface PillsProps {
  groupRef: React.Ref<HTMLDivElement>;
  label: string;
  value: AddressView[];
  onChange: (value: AddressView[]) => void;
  onEdit: (address: AddressView) => void;
}

export function Pills({ groupRef, label, value, onChange, onEdit }: PillsProps) {
  const keyed = value.map((address) => ({ id: address.email.toLowerCase(), address }));
  const keys = (event: React.KeyboardEvent) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    const key = (event.target as HTMLElement).closest('[role="row"]')?.getAttribute("data-key");
    const found = keyed.find((one) => one.id === key);
    if (!found) return;
    event.preventDefault();
    onEdit(found.address);
  };
  return (
    <div ref={groupRef} className={styles.group} onKeyDownCapture={keys}>
      <TagGroup
        aria-label={label}
        onRemove={(gone) => onChange(keyed.filter((one) => !gone.has(one.id)).map((one) => one.address))}
      >
        <TagList items={keyed} className={styles.list ?? ""}>
          {({ id, address }) => {
            const name = nameOf(address);
            const valid = isAddress(address.email);
            const text = valid ? name : say("compose-recipient-invalid", { name });
            return (
              <Tag id={id} textValue={text} className={styles.pill ?? ""} data-invalid={!valid || undefined}>
                <span className={styles.content} title={address.email} onDoubleClick={() => onEdit(address)}>
                  {valid ? (
                    <Avatar name={name} email={address.email} size={19} />
                  ) : (
                    <Icon name="warning" size={14} />
                  )}
                  <span className={styles.name}>{name}</span>
                </span>
                <Button
                  slot="remove"
                  className={styles.remove ?? ""}
                  aria-label={say("compose-recipient-remove", { name })}
                >
                  <Icon name="close" size={12} />
                </Button>
              </Tag>
            );
          }}
        </TagList>
      </TagGroup>
    </div>
  );
}
