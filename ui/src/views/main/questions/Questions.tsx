// The dialogs of the window, one at a time.
import { useAccounts, useMailboxes } from "../../../state/queries";
import { useWindow } from "../../../state/window";
import { createFolder, renameFolder } from "../../../actions/folders";
import { say } from "../../../words";
import { ServersSheet } from "../../accounts/ServersSheet";
import { SignInSheet } from "../../accounts/SignInSheet";
import { RemoveQuestion } from "../../settings/RemoveQuestion";
import { Settings } from "../../settings/Settings";
import { FolderName } from "./FolderName";
import { GoToDate } from "./GoToDate";
import { Keys } from "./Keys";
import { MoveTo } from "./MoveTo";
import { Source } from "./Source";

export function Questions() {
  const { question, ask } = useWindow();
  const accounts = useAccounts().data ?? [];
  const mailboxes = useMailboxes().data ?? [];
  const close = () => ask(null);
  if (question === null) return null;
  switch (question.kind) {
    case "move":
      return <MoveTo operation="move" onClose={close} />;
    case "copy":
      return <MoveTo operation="copy" onClose={close} />;
    case "keys":
      return <Keys onClose={close} />;
    case "date":
      return <GoToDate onClose={close} />;
    case "settings":
      return <Settings onClose={close} />;
    case "source":
      return <Source email={question.email} onClose={close} />;
    case "newFolder": {
      const parent = mailboxes.find((mailbox) => mailbox.id === question.parent);
      const title =
        parent === undefined ? say("folder-new-title") : say("folder-new-title-in", { parent: parent.name });
      return (
        <FolderName
          title={title}
          name=""
          verb={say("folder-make")}
          onClose={close}
          onName={(name) => createFolder(question.account, question.parent, name)}
        />
      );
    }
    case "renameFolder":
      return (
        <FolderName
          title={say("folder-rename-title", { folder: question.name })}
          name={question.name}
          verb={say("folder-rename")}
          onClose={close}
          onName={(name) => renameFolder(question.mailbox, name)}
        />
      );
    case "signIn": {
      const account = accounts.find((each) => each.id === question.account);
      return account === undefined ? null : <SignInSheet account={account} onClose={close} />;
    }
    case "servers": {
      const account = accounts.find((each) => each.id === question.account);
      return account === undefined ? null : <ServersSheet account={account} onClose={close} />;
    }
    case "removeAccount": {
      const account = accounts.find((each) => each.id === question.account);
      return account === undefined ? null : <RemoveQuestion account={account} onClose={close} />;
    }
  }
}
