"""No request reaches an address that the source did not declare, however it is spelled."""

from __future__ import annotations

import socket
import time

import pytest

from tasks.http_address import is_public, resolve_name
from tasks.http_fault import Fault
from tests.fault_server import FaultServer, answer, site
from tests.fetching import fetching, loopback_source, page

PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1
169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.167.255.255 192.169.0.0 198.17.255.255
198.20.0.0 207.241.224.2 223.255.255.255 2001:4860:4860::8888 2606:4700:4700::1111
2a00:1450:4001:81b::200e 2620:0:2d0:200::7 ::ffff:8.8.8.8
"""
PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.0 10.1.2.3 10.255.255.255 100.64.0.0 100.100.100.100 100.127.255.255
127.0.0.0 127.0.0.1 127.1.2.3 127.255.255.255 169.254.0.0 169.254.169.254 169.254.170.2
169.254.255.255 172.16.0.0 172.20.10.1 172.31.255.255 192.0.0.0 192.0.0.8 192.0.0.170 192.0.0.192
192.0.2.1 192.88.99.1 192.168.0.0 192.168.1.1 192.168.255.255 198.18.0.0 198.19.255.255
198.51.100.7 203.0.113.9 224.0.0.1 224.0.0.251 239.255.255.250 240.0.0.1 250.1.2.3
255.255.255.254 255.255.255.255
:: ::1 ::2 ::7f00:1 ::127.0.0.1 ::ffff:0.0.0.0 ::ffff:10.0.0.1 ::ffff:127.0.0.1
::ffff:169.254.169.254
::ffff:172.16.0.1 ::ffff:192.168.0.1 ::ffff:224.0.0.1 64:ff9b::127.0.0.1 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b::8.8.8.8 64:ff9b:1::1 64:ff9b:1::127.0.0.1 100::1 2001::1
2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1::
2002:7f00:1::1 2002:a00:1:: 2002:808:808:: 3fff::1 5f00::1 fc00::1 fd00::1 fd00:ec2::254
fdff:ffff::1 fe80::1 fe80::1%eth0 fe80::a9fe:a9fe febf::1 fec0::1 feff::1 ff00::1 ff01::1 ff02::1
ff02::fb ff05::2 ff0e::1 ffff::1 localhost 127.1 0177.0.0.1 2130706433 0x7f.1 0x7f000001 10.1
"""


@pytest.mark.parametrize("address", PUBLIC.split())
def test_a_public_address_may_be_reached(address):
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE.split())
def test_an_address_of_a_private_network_may_not(address):
    assert not is_public(address)


SPELLINGS = """
127.0.0.1 127.1 127.0.1 0177.0.0.1 0177.0.0.01 2130706433 0x7f.1 0x7f000001 0x7f.0.0.1
017700000001 localhost LOCALHOST localhost. 127.0.0.1. 127.127.127.127 0 0.0.0.0 [::1] [::]
[0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [64:ff9b::127.0.0.1]
[64:ff9b::7f00:1] [2002:7f00:1::] [fe80::1] [fd00::1] 169.254.169.254 0xa9fea9fe 2852039166
10.0.0.1 192.168.0.1 100.64.0.1 １２７.0.0.1 ①②⑦.0.0.1 127。0。0。1
"""


@pytest.mark.parametrize("host", SPELLINGS.split())
def test_no_spelling_of_a_private_address_is_reached(tmp_path, host):
    """Even where the source names it among its hosts: only private_hosts opens one address."""
    with FaultServer(site({"/a": answer(b"canary")})) as canary:
        names = (
            host.lower(),
            f"{host.lower()}:{canary.port}",
            f"{host.strip('[].').lower()}:{canary.port}",
        )
        source = loopback_source("x", hosts=names, private_hosts=())
        with fetching(source, tmp_path) as fetcher:
            outcome = fetcher.fetch_page(page(f"http://{host}:{canary.port}/a")).outcome

    assert canary.log == []
    assert outcome.disposition in {"refused", "failed", "deferred"}


def test_a_source_reaches_its_own_private_host_and_no_other_port(tmp_path):
    with FaultServer(site({"/a": answer(b"ok")})) as server, FaultServer(site({})) as canary:
        source = loopback_source(server.host)
        with fetching(source, tmp_path) as fetcher:
            good = fetcher.fetch_page(page(server.url("/a"))).outcome
            bad = fetcher.fetch_page(page(canary.url("/a"))).outcome

    assert (good.body, bad.reason, canary.log) == (b"ok", "outside_source", [])


@pytest.mark.parametrize(
    ("addresses", "reason"),
    [
        pytest.param(["127.0.0.1"], "address_not_allowed", id="one private address"),
        pytest.param(
            ["93.184.216.34", "127.0.0.1"], "address_not_allowed", id="a public and a private one"
        ),
        pytest.param(["::ffff:127.0.0.1"], "address_not_allowed", id="mapped"),
        pytest.param(["64:ff9b::7f00:1"], "address_not_allowed", id="NAT64"),
        pytest.param([], "dns_failure", id="none"),
    ],
)
def test_a_name_is_judged_by_all_it_resolves_to(tmp_path, addresses, reason):
    with FaultServer(site({"/a": answer(b"canary")})) as canary:
        host = f"news.example:{canary.port}"
        source = loopback_source("x", hosts=(host,), private_hosts=())
        with fetching(source, tmp_path, resolve=lambda *_: addresses) as fetcher:
            outcome = fetcher.fetch_page(page(f"http://{host}/a")).outcome

    assert (canary.log, outcome.reason) == ([], reason)


def test_a_name_that_changes_its_address_is_judged_at_every_connection(tmp_path):
    """The first answer is the declared loopback port; later ones name a canary beside it."""
    with FaultServer(site({"/a": answer(b"ok", Connection="close")})) as server:
        canary = socket.create_server(("127.0.0.2", server.port))
        canary.settimeout(0.2)
        turns = iter([["127.0.0.1"], ["127.0.0.2"], ["127.0.0.1", "127.0.0.2"]])
        host = f"news.example:{server.port}"
        source = loopback_source("x", hosts=(host,), private_hosts=(server.host, host))
        with fetching(source, tmp_path, resolve=lambda *_: next(turns)) as fetcher:
            url = f"http://{host}/a"
            reasons = []
            for _ in range(3):
                fetcher.close()
                outcome = fetcher.fetch_page(page(url)).outcome
                reasons.append(getattr(outcome, "reason", "kept"))
        with pytest.raises(TimeoutError):
            canary.accept()
        canary.close()

    assert reasons == ["kept", "address_not_allowed", "address_not_allowed"]


def test_a_resolver_that_hangs_is_not_waited_for(monkeypatch):
    monkeypatch.setattr("tasks.http_address._RESOLVE_SECONDS", 0.05)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(0.3) or [])

    with pytest.raises(Fault, match="no answer within"):
        resolve_name("news.example", 80)
