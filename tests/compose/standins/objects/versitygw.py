#!/opt/store/bin/python
"""moto's S3 behind the words of versitygw: `posix FOLDER`, the root's key and secret, folders that are buckets.

Requests whose signature was not made with the key and the secret are refused, as the store that this stands for does.
"""

import hmac
import os
import sys
from pathlib import Path

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto.core import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple
from werkzeug.wrappers import Request, Response

KEY, SECRET = os.environ["ROOT_ACCESS_KEY"], os.environ["ROOT_SECRET_KEY"]
HEALTH = os.environ["VGW_HEALTH"]
FOLDER = Path(sys.argv[sys.argv.index("posix") + 1])
store = DomainDispatcherApplication(create_backend_app)


def is_signed(request: Request) -> bool:
    """Say whether the request was signed with the key and the secret (AWS Signature Version 4)."""
    algorithm, _, rest = request.headers.get("Authorization", "").partition(" ")
    if algorithm != "AWS4-HMAC-SHA256":
        return False
    told = dict(part.strip().split("=", 1) for part in rest.split(","))
    key, _, region, service, _ = told["Credential"].split("/")
    headers = {name: request.headers[name] for name in told["SignedHeaders"].split(";")}
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    path = request.environ["REQUEST_URI"].partition("?")[0]
    signed = AWSRequest(request.method, f"http://{request.host}{path}{query}", headers)
    signed.context["timestamp"] = request.headers["X-Amz-Date"]
    auth: SigV4Auth = S3SigV4Auth(Credentials(key, SECRET), service, region)
    signature = auth.signature(auth.string_to_sign(signed, auth.canonical_request(signed)), signed)
    return key == KEY and hmac.compare_digest(signature, told["Signature"])


def application(environ, start_response):
    """Answer one request."""
    request = Request(environ)
    if request.path == HEALTH:
        return Response("OK")(environ, start_response)
    if not is_signed(request):
        return Response("<Error><Code>SignatureDoesNotMatch</Code></Error>", 403)(environ, start_response)
    backend = s3_backends[DEFAULT_ACCOUNT_ID]["aws"]
    for folder in FOLDER.iterdir():
        if folder.is_dir() and folder.name not in backend.buckets:
            backend.create_bucket(folder.name, "us-east-1")
    return store(environ, start_response)


run_simple("0.0.0.0", int(os.environ["VGW_PORT"].rpartition(":")[2]), application, threaded=True)
