"""An OpenID provider (NanoIDP) that holds clients to what they registered: redirect URI, secret, PKCE with S256, and
codes that work once."""
import argparse
import json
import pathlib

import bcrypt
from nanoidp.app import create_app

import peer

options = argparse.ArgumentParser()
options.add_argument("--directory", required=True)
options.add_argument("--redirect-uri", required=True)
options.add_argument("--profile", choices=["oauth21", "stricter-dev"], default="oauth21")
arguments = options.parse_args()

password = "analytical engine"
if arguments.profile == "stricter-dev":
    password = bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode()

users = {
    "ada": {
        "password": password, "email": "ada@example.com",
        "attributes": {
            "given_name": "Ada", "family_name": "Lovelace", "name": "Ada Lovelace", "locale": "en-GB",
            "picture": "https://example.com/ada.png"},
    },
}


def settings(port: int) -> dict:
    client = {
        "client_id": "plinth", "client_secret": "s3cret", "redirect_uris": [arguments.redirect_uri],
        "allowed_scopes": ["openid", "email", "profile"]}
    return {
        "config_validation": "strict",
        "security_profile": arguments.profile,
        "oauth": {
            "issuer": f"http://127.0.0.1:{port}", "audience": "nobody", "require_pkce": True, "clients": [client]},
        "jwt": {"keys_dir": f"{arguments.directory}/keys"},
        "session": {"secret_key": "of the tests", "enforce_password_check": True},
        "logging": {"level": "ERROR"},
    }


def application(port: int):
    directory = pathlib.Path(arguments.directory)
    # JSON is YAML.
    (directory / "settings.yaml").write_text(json.dumps(settings(port)))
    (directory / "users.yaml").write_text(json.dumps({"users": users}))
    return create_app(arguments.directory)


peer.serve_wsgi(application)
