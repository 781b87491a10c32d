// The dialogs of the window, one at a time. The browser of files, letters within letters and archives of them stay behind what was opened
// from them, as they were.
import { useAccountsAtRest, useMailboxes } from "../../../state/queries";
import { isSheet, sheetsOf, useWindow, type Question, type Sheet } from "../../../state/window";
import { createFolder, renameFolder } from "../../../actions/folders";
import { renameSearch, saveSearch } from "../../../actions/searches";
import { suggestedName } from "../../../state/searchName";
import { say } from "../../../words";
import { GroupSheet } from "../../accounts/GroupSheet";
import { ServersSheet } from "../../accounts/ServersSheet";
import { SignInSheet } from "../../accounts/SignInSheet";
import { RemoveQuestion } from "../../settings/RemoveQuestion";
import { Settings } from "../../settings/Settings";
import { SearchForm } from "../search/SearchForm";
import { Charset } from "./Charset";
import { Danger } from "./Danger";
import { DeleteForGood } from "./DeleteForGood";
import { EmptyFolder } from "./EmptyFolder";
import { Files } from "./Files";
import { FolderName } from "./FolderName";
import { GoToDate } from "./GoToDate";
import { Keys } from "./Keys";
import { Leave } from "./Leave";
import { Link } from "./Link";
import { MoveTo } from "./MoveTo";
import { Nested } from "./Nested";
import { Preview } from "./Preview";
import { Source } from "./Source";
import { Subscriptions } from "./Subscriptions";
import { Trackers } from "./Trackers";
import { Who } from "./Who";

export function Questions() {
  const { question, ask } = useWindow();
  const sheets = sheetsOf(question);
  const front = sheets.findLast((sheet) => sheet.kind === "nested" && !sheet.archive);
  return (
    <>
      {sheets.map((sheet, depth) =>
        sheet.kind === "files" ? (
          <Files
            key={`${depth} ${JSON.stringify(sheet.source)}`}
            {...sheet}
            onClose={() => ask(sheet.back)}
          />
        ) : (
          <Nested key={`${depth} ${sheet.email} ${sheet.part}`} question={sheet} front={sheet === front} />
        ),
      )}
      {question !== null && !isSheet(question) && <Asked question={question} />}
    </>
  );
}

function Asked({ question }: { question: Exclude<Question, Sheet> }) {
  const ask = useWindow((state) => state.ask);
  const accounts = useAccountsAtRest().data ?? [];
  const mailboxes = useMailboxes().data ?? [];
  const close = () => ask(null);
  switch (question.kind) {
    case "move":
      return <MoveTo operation="move" onClose={close} />;
    case "copy":
      return <MoveTo operation="copy" onClose={close} />;
    case "keys":
      return <Keys onClose={close} />;
    case "date":
      return <GoToDate onClose={close} />;
    case "searchForm":
      return <SearchForm onClose={close} />;
    case "saveSearch":
      return (
        <FolderName
          title={say("search-save-title")}
          name=""
          suggested={suggestedName(question.query)}
          verb={say("search-save-verb")}
          onClose={close}
          onName={(name) => saveSearch(name, question.query)}
        />
      );
    case "renameSearch":
      return (
        <FolderName
          title={say("search-rename-title", { name: question.search.name })}
          name={question.search.name}
          verb={say("search-rename")}
          onClose={close}
          onName={(name) => renameSearch(question.search, name)}
        />
      );
    case "settings":
      return <Settings onClose={close} />;
    case "source":
      return <Source letter={question.letter} onClose={() => ask(question.back)} />;
    case "charset":
      return <Charset letter={question.letter} onClose={() => ask(question.back)} />;
    case "danger":
      return <Danger {...question} onClose={() => ask(question.back)} />;
    case "preview":
      return (
        <Preview
          {...question}
          onStep={(chosen) => ask({ ...question, chosen })}
          onClose={() => ask(question.back)}
        />
      );
    case "who":
      return <Who email={question.email} onClose={close} />;
    case "link":
      return <Link link={question.link} after={question.then} onClose={() => ask(question.back)} />;
    case "leave":
      return <Leave {...question} onClose={() => ask(question.back)} />;
    case "subscriptions":
      return <Subscriptions onClose={close} />;
    case "trackers":
      return <Trackers onClose={close} />;
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
    case "deleteForGood":
      return <DeleteForGood meant={question.meant} onClose={close} />;
    case "emptyFolder": {
      const mailbox = mailboxes.find((each) => each.id === question.mailbox);
      const account = accounts.find((each) => each.id === mailbox?.account);
      if (mailbox === undefined || account === undefined) return null;
      return <EmptyFolder mailbox={mailbox} account={account} onClose={close} />;
    }
    case "signIn": {
      const account = accounts.find((each) => each.id === question.account);
      return account === undefined ? null : <SignInSheet account={account} onClose={close} />;
    }
    case "servers": {
      const account = accounts.find((each) => each.id === question.account);
      return account === undefined ? null : <ServersSheet account={account} onClose={close} />;
    }
    case "group":
      return <GroupSheet question={question} onClose={close} />;
    case "removeAccount": {
      const account = accounts.find((each) => each.id === question.account);
      return account === undefined ? null : <RemoveQuestion account={account} onClose={close} />;
    }
  }
}
