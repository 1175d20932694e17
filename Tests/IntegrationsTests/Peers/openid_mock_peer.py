"""An OpenID provider (oidc-provider-mock) that signs whatever claims a person is given, those of the protocol too."""
import argparse
import json
import os

# Before the import that reads it.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

import oidc_provider_mock
from oidc_provider_mock._storage import Client, storage

import peer

options = argparse.ArgumentParser()
options.add_argument("--directory", required=True)
options.add_argument("--redirect-uri", required=True)
options.add_argument("--secret", default="s3cret")
options.add_argument("--users", type=json.loads, default={}, help="claims by subject")
arguments = options.parse_args()


def application(port: int):
    app = oidc_provider_mock.app(
        require_client_registration=True, require_nonce=True,
        user_claims=[oidc_provider_mock.User(sub=sub, claims=claims) for sub, claims in arguments.users.items()])
    # Clients that register by themselves get a name and a secret of the provider's choice.
    with app.test_request_context():
        app.preprocess_request()
        storage.store_client(Client(
            id="plinth", secret=arguments.secret, redirect_uris=[arguments.redirect_uri],
            allowed_scopes=Client.SCOPES_SUPPORTED, token_endpoint_auth_method="client_secret_basic"))
    return app


peer.serve_wsgi(application)
