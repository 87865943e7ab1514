"""Certificates are always verified; a request that fails on one is never repeated without."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from schemas.records import Capture
from tests.fault_server import FaultServer, answer, site
from tests.fetching import fetching, loopback_source, page

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


class Authority:
    """A certificate authority of our own, and the certificates it signs."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.certificate = self._sign(self.name, self.key, DAY, is_authority=True)
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def context(self, address: str = "127.0.0.1", until: timedelta = DAY) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
        certificate = self._sign(subject, key, until, address)
        path = self.folder / f"server-{certificate.serial_number}.pem"
        path.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _sign(self, subject, key, until, address=None, *, is_authority=False):
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - 2 * DAY)
            .not_valid_after(NOW + until)
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
        )
        if is_authority:
            usage = dict.fromkeys(
                (
                    "digital_signature",
                    "content_commitment",
                    "key_encipherment",
                    "data_encipherment",
                    "key_agreement",
                    "encipher_only",
                    "decipher_only",
                ),
                False,
            )
            builder = builder.add_extension(
                x509.KeyUsage(key_cert_sign=True, crl_sign=True, **usage), critical=True
            )
        if address:
            names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
            builder = builder.add_extension(names, critical=False)
        return builder.sign(self.key, hashes.SHA256())


def ask(tmp_path, context, ca_file):
    """The outcome, and what the server was told."""
    with (
        FaultServer(site({"/a": answer(b"page")}), tls=context) as server,
        fetching(loopback_source(server.host), tmp_path / "state", ca_file=ca_file) as fetcher,
    ):
        return fetcher.fetch_page(page(server.url("/a"))).outcome, server.log


def test_a_page_behind_a_good_certificate_is_fetched(tmp_path):
    authority = Authority(tmp_path, "ours")

    outcome, _ = ask(tmp_path, authority.context(), str(authority.file))

    assert isinstance(outcome, Capture)
    assert outcome.body == b"page"


@pytest.mark.parametrize(
    ("context", "trusted", "says"),
    [
        pytest.param(
            lambda ours, _: ours.context(until=-DAY), True, "certificate has expired", id="expired"
        ),
        pytest.param(
            lambda ours, _: ours.context("127.0.0.9"), True, "certificate is not valid", id="host"
        ),
        pytest.param(
            lambda _, other: other.context(), True, "unable to get local issuer", id="authority"
        ),
        pytest.param(
            lambda ours, _: ours.context(), False, "unable to get local issuer", id="usual ones"
        ),
    ],
)
def test_a_bad_certificate_ends_the_request(tmp_path, context, trusted, says):
    ours, other = Authority(tmp_path, "ours"), Authority(tmp_path, "other")

    outcome, log = ask(tmp_path, context(ours, other), str(ours.file) if trusted else None)

    assert (outcome.disposition, outcome.reason) == ("failed", "tls_failure")
    assert says in outcome.detail
    assert log == []


def test_a_server_that_speaks_no_tls_ends_the_request(tmp_path):
    with (
        FaultServer(lambda _: [answer(b"page")]) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        outcome = fetcher.fetch_page(page(f"https://{server.host}/a")).outcome

    assert outcome.reason == "robots_unreachable"
    assert server.log == []


def test_a_redirect_out_of_encryption_is_refused(tmp_path):
    authority = Authority(tmp_path, "ours")
    plain = answer(b"", "302 Found", Location="http://127.0.0.1/plain")
    with (
        FaultServer(site({"/a": plain}), tls=authority.context()) as server,
        fetching(loopback_source(server.host), tmp_path, ca_file=str(authority.file)) as fetcher,
    ):
        outcome = fetcher.fetch_page(page(server.url("/a"))).outcome

    assert (outcome.reason, "not encrypted" in outcome.detail) == ("bad_redirect", True)
