"""lists and searches that stay quick however many participants there are

Each list that is a small part of all participants has an index that holds just that part, in the
list's order. The search by a part of a name or a number has a table of three-letter pieces, which
triggers keep in step: FTS5's on SQLite, an array under a GIN index on Postgres.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PARTS = (
    ("ix_participants_unread", ["last_activity_at", "id"], "unread > 0"),
    ("ix_participants_simulated", ["last_activity_at", "id"], "simulated"),
    ("ix_participants_called", ["called_at"], "called_at IS NOT NULL"),
)
# What is searched of a participant: the name, each word of it after a blank, and the number in both
# its spellings.
SAID = (
    "' ' || {row}.name_folded || {line} || coalesce({row}.phone, '') || {line} || "
    "CASE WHEN {row}.match_key = {row}.phone THEN '' ELSE coalesce({row}.match_key, '') END"
)


def upgrade() -> None:
    for name, columns, part in PARTS:
        where = sa.text(part)
        op.create_index(name, "participants", columns, sqlite_where=where, postgresql_where=where)
    on_postgres = op.get_bind().dialect.name == "postgresql"
    for statement in ON_POSTGRES if on_postgres else ON_SQLITE:
        op.execute(statement)


def downgrade() -> None:
    on_postgres = op.get_bind().dialect.name == "postgresql"
    for statement in OFF_POSTGRES if on_postgres else OFF_SQLITE:
        op.execute(statement)
    for name, _, _ in PARTS:
        op.drop_index(name, "participants")


def said(row: str, line: str) -> str:
    return SAID.format(row=row, line=line)


ON_SQLITE = (
    "CREATE VIRTUAL TABLE index_people USING fts5(said, tokenize='trigram case_sensitive 1')",
    "CREATE TRIGGER index_people_put AFTER INSERT ON participants BEGIN "
    f"INSERT INTO index_people (rowid, said) VALUES (new.id, {said('new', 'char(10)')}); END",
    "CREATE TRIGGER index_people_change AFTER UPDATE OF name_folded, phone, match_key "
    f"ON participants WHEN {said('new', 'char(10)')} <> {said('old', 'char(10)')} BEGIN "
    f"UPDATE index_people SET said = {said('new', 'char(10)')} WHERE rowid = new.id; END",
    "CREATE TRIGGER index_people_take AFTER DELETE ON participants BEGIN "
    "DELETE FROM index_people WHERE rowid = old.id; END",
    "INSERT INTO index_people (rowid, said) "
    f"SELECT id, {said('participants', 'char(10)')} FROM participants",
)
OFF_SQLITE = (
    "DROP TRIGGER index_people_put",
    "DROP TRIGGER index_people_change",
    "DROP TRIGGER index_people_take",
    "DROP TABLE index_people",
)
ON_POSTGRES = (
    "CREATE TABLE index_people (participant_id integer PRIMARY KEY "
    "REFERENCES participants ON DELETE CASCADE, said text NOT NULL, pieces text[] NOT NULL)",
    "CREATE FUNCTION index_people_pieces(said text) RETURNS text[] LANGUAGE sql IMMUTABLE AS "
    "$$ SELECT coalesce(array_agg(DISTINCT substr(said, place, 3)), '{}') "
    "FROM generate_series(1, length(said) - 2) AS place $$",
    "CREATE FUNCTION index_people_put() RETURNS trigger LANGUAGE plpgsql AS $$ "
    f"DECLARE words text := {said('new', 'chr(10)')}; BEGIN "
    "INSERT INTO index_people VALUES (new.id, words, index_people_pieces(words)) "
    "ON CONFLICT (participant_id) DO UPDATE "
    "SET said = excluded.said, pieces = excluded.pieces; RETURN NULL; END $$",
    "CREATE TRIGGER index_people_put AFTER INSERT OR UPDATE OF name_folded, phone, match_key "
    "ON participants FOR EACH ROW EXECUTE FUNCTION index_people_put()",
    "INSERT INTO index_people SELECT id, words, index_people_pieces(words) "
    f"FROM (SELECT id, {said('participants', 'chr(10)')} AS words FROM participants) AS everybody",
    "CREATE INDEX index_people_pieces ON index_people USING gin (pieces)",
)
OFF_POSTGRES = (
    "DROP TRIGGER index_people_put ON participants",
    "DROP FUNCTION index_people_put",
    "DROP TABLE index_people",
    "DROP FUNCTION index_people_pieces",
)
