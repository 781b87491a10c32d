// Chooses a folder to move or copy the selected conversations to, by typing a part of its name.
import { useState } from "react";
import { Autocomplete, Input, Label, ListBox, ListBoxItem, SearchField, Text } from "react-aria-components";
import { copyTo, moveTo } from "../../../actions/letters";
import { Dialog } from "../../../components/Dialog";
import { Icon } from "../../../components/Icon";
import { findFolders, iconOf } from "../../../state/folders";
import { useAccounts, useMailboxes } from "../../../state/queries";
import { meantNow, sizeOfMeant } from "../../../state/meant";
import { rowsSaid } from "../../../state/rowsSaid";
import { isWide } from "../../../state/wide";
import { useWindow } from "../../../state/window";
import { say } from "../../../words";
import styles from "./MoveTo.module.css";

export function MoveTo({ operation, onClose }: { operation: "move" | "copy"; onClose: () => void }) {
  const accounts = useAccounts().data ?? [];
  const mailboxes = useMailboxes().data ?? [];
  const [typed, setTyped] = useState("");
  const [meant] = useState(meantNow);
  const [said] = useState(() => rowsSaid(sizeOfMeant(meant)));
  const place = useWindow((state) => state.place);
  // Folders of the letters' own account first; into another account they go as well.
  const here = mailboxes.filter((each) => place.kind === "mailbox" && each.id === place.mailbox);
  const own = new Set((isWide(meant) ? here : meant).map(({ account }) => account));
  const ordered = [...accounts].sort((a, b) => Number(own.has(b.id)) - Number(own.has(a.id)));
  const found = findFolders(ordered, mailboxes, typed);
  return (
    <Dialog title={say(`${operation}-title`, { rows: said })} onClose={onClose}>
      <Autocomplete inputValue={typed} onInputChange={setTyped}>
        <SearchField className={styles.field ?? ""} autoFocus>
          <Label className="visually-hidden">{say("move-find")}</Label>
          {/* The list belongs to the field, whose arrow keys walk and scroll it: together they are a combobox. */}
          <Input
            role="combobox"
            aria-expanded
            aria-haspopup="listbox"
            className={styles.input ?? ""}
            placeholder={say("move-find")}
          />
        </SearchField>
        <ListBox
          aria-label={say("move-find")}
          className={styles.list ?? ""}
          selectionMode="none"
          items={found.map((each) => ({ ...each, id: each.mailbox.id }))}
          dependencies={[typed, accounts.length]}
          renderEmptyState={() => <p className={styles.none}>{say("move-none")}</p>}
          onAction={(key) => {
            const target = mailboxes.find((mailbox) => mailbox.id === String(key));
            onClose();
            if (target === undefined) return;
            void (operation === "move" ? moveTo : copyTo)(target.id, target.name, meant);
          }}
        >
          {({ mailbox, path, email }) => (
            <ListBoxItem id={mailbox.id} textValue={path} className={styles.item ?? ""}>
              <Icon name={iconOf(mailbox)} />
              <Text slot="label" className={styles.label ?? ""}>
                <span dir="auto">{path}</span>
                {accounts.length > 1 && <small> {email}</small>}
              </Text>
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </Dialog>
  );
}
