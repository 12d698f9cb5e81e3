"""The migration that forgets addresses: of whom a digest goes to, all stays; of everybody else, the name."""

from alembic import command
from sqlalchemy import create_engine, select, text

from lti_tool import database
from lti_tool.lti.tables import PersonRow

BEFORE = """
    INSERT INTO sites (id, issuer, people) VALUES (1, 'https://moodle.example.org', 3);
    INSERT INTO communities (id, site_id, slug) VALUES (1, 1, 'practice')
"""
PERSON = """
    INSERT INTO people (id, site_id, sub, number, name, email, names, seen_at)
    VALUES (:id, 1, :sub, :id, :name, :email, :names, '2026-07-01 12:00:00.000000')
"""
DIGEST = """
    INSERT INTO digests (community_id, person_id, rhythm, weekday, told_until)
    VALUES (1, :person, :rhythm, 0, '2026-07-01 12:00:00.000000')
"""
SAID = '[{"registration_id": 1, "name": %s, "email": "%s"}]'


def person(number: int, name: str | None, email: str) -> dict[str, object]:
    said = SAID % (f'"{name}"' if name else "null", email)
    return {"id": number, "sub": str(number), "name": name, "email": email, "names": said}


def test_only_addresses_stay_that_a_digest_goes_to(database_url: str) -> None:
    engine = create_engine(database_url)
    command.upgrade(database.alembic_config(database_url), "0042")
    people = [person(1, "Ana", "ana@x.org"), person(2, "Berta", "berta@x.org"), person(3, None, "three@x.org")]
    with engine.begin() as connection:
        for statement in BEFORE.split(";"):
            connection.execute(text(statement))
        connection.execute(text(PERSON), people)
        connection.execute(text(DIGEST), [{"person": 1, "rhythm": "weekly"}, {"person": 2, "rhythm": "never"}])

    database.migrate(database_url)

    columns = (PersonRow.name, PersonRow.email, PersonRow.names, PersonRow.mailed_since)
    with engine.connect() as connection:
        ana, berta, three = connection.execute(select(*columns).order_by(PersonRow.id)).all()
    engine.dispose()
    assert (ana.name, ana.email, ana.names[0]["email"]) == ("Ana", "ana@x.org", "ana@x.org")
    assert ana.mailed_since
    assert (berta.name, berta.email, berta.mailed_since) == ("Berta", None, None)
    assert berta.names == [{"registration_id": 1, "name": "Berta", "email": None}]
    assert (three.email, three.names) == (None, [])
