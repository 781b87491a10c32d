// Where the letters of a row are: the folders, and the account with the dot that it has among the folders.
import { Dot } from "../../../components/Dot";
import { Icon } from "../../../components/Icon";
import type { RowView } from "../../../ipc/backend";
import { useWhere } from "../../../state/whereabouts";
import { say } from "../../../words";
import styles from "./Where.module.css";

export function Where({ row }: { row: RowView }) {
  const where = useWhere();
  if (where === null) return null;
  const { folders, account, inTrash } = where.of(row);
  const names = folders.join(", ");
  const told = [...folders, ...(account === null ? [] : [account.name])].join(", ");
  // Also where nothing is known the column has its width.
  if (told === "") return <span className={styles.where} />;
  return (
    <span className={styles.where} title={told} data-trash={inTrash || undefined}>
      <span className="visually-hidden"> {say("row-where", { where: told })}</span>
      {names !== "" && (
        <span className={styles.folder} dir="auto" aria-hidden="true">
          {inTrash && <Icon name="trash" size={12} />}
          {names}
        </span>
      )}
      {account !== null && (
        <span className={styles.account} dir="auto" aria-hidden="true">
          <Dot colour={account.colour} />
          <span>{account.name}</span>
        </span>
      )}
    </span>
  );
}
