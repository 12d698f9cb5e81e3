"""The least that a launch could cost: three empty pages, one RS256 verification and two committed one-row inserts.

It runs as the tool does: the same gunicorn, Flask, driver and settings of the database.
"""

import argparse
import os
from typing import cast

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from flask import Flask, request
from sqlalchemy import insert
from sqlalchemy.orm import Mapped

from lti_tool import database, server
from lti_tool.database import Base, Key, Short, db


class MarkRow(Base):
    """One row of about a login's size."""

    __tablename__ = "bench_marks"

    id: Mapped[Key]
    text: Mapped[Short]


def create_app(database_url: str, key: RSAPublicKey) -> Flask:
    """Make an application that does what no launch can do without, and nothing else."""
    app = Flask(__name__)
    database.init_app(app, database_url)
    with app.app_context():
        Base.metadata.create_all(db.engine, tables=[Base.metadata.tables[MarkRow.__tablename__]])
    for path, method in (("/healthz", "GET"), ("/lti/login", "POST"), ("/lti/continue", "GET")):
        app.add_url_rule(path, path, lambda: "", methods=[method])
    app.add_url_rule("/lti/launch", "launch", lambda: _launch(key), methods=["POST"])
    return app


def _launch(key: RSAPublicKey) -> str:
    options = {"verify_aud": False}
    claims = jwt.decode(request.form["id_token"], key, algorithms=["RS256"], options=cast("jwt.types.Options", options))
    for _ in range(2):
        with db.engine.begin() as connection:
            connection.execute(insert(MarkRow).values(text=claims["nonce"]))
    return ""


def main() -> None:
    """Serve until told to end; the database and the platform's key come from the environment."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["serve"])
    parser.add_argument("--bind", required=True)
    parser.add_argument("--workers", type=int, required=True)
    given = parser.parse_args()
    key = load_pem_public_key(os.environ["PLATFORM_KEY"].encode())
    app = create_app(os.environ["DATABASE_URL"], cast("RSAPublicKey", key))
    server.serve_forever(app, bind=given.bind, workers=given.workers, threads=server.THREADS)


if __name__ == "__main__":
    main()
