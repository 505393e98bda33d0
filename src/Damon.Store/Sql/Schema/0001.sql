-- One statement ends at each semicolon at a line's end. Words in braces are filled in by the dialect.
-- All numbers are 64 bits; times are microseconds since 1970 by the database's clock; digests and checksums are 64-bit hashes.

CREATE TABLE store_identity (
  id {uuid} NOT NULL
);

CREATE TABLE run (
  id {identity},
  key {uuid} NOT NULL UNIQUE,
  name text NOT NULL,
  seed bigint NOT NULL,
  config_hash text NOT NULL,
  code text NOT NULL,
  shards bigint NOT NULL,
  final_window bigint NOT NULL,
  window_ns bigint NOT NULL,
  coupled boolean NOT NULL,
  database text NOT NULL,
  timeline bigint NOT NULL,
  submitted_at bigint NOT NULL,
  state text NOT NULL,
  open_window bigint NOT NULL,
  last_command bigint NOT NULL,
  mail_range bigint NOT NULL,
  ended_at bigint,
  digest bigint,
  result text
){hot};

CREATE TABLE scenario (
  run bigint PRIMARY KEY,
  bytes {bytes} NOT NULL,
  checksum bigint NOT NULL
);

CREATE TABLE node (
  incarnation {uuid} PRIMARY KEY,
  name text NOT NULL,
  code text NOT NULL,
  capacity bigint NOT NULL,
  info text NOT NULL,
  only_run bigint,
  ttl_us bigint NOT NULL,
  joined_at bigint NOT NULL,
  expires_at bigint NOT NULL
){hot};

CREATE TABLE node_refusal (
  incarnation {uuid} NOT NULL,
  run bigint NOT NULL,
  PRIMARY KEY (incarnation, run)
);

CREATE TABLE shard (
  run bigint NOT NULL,
  shard bigint NOT NULL,
  owner text,
  incarnation {uuid},
  epoch bigint NOT NULL,
  done_window bigint NOT NULL,
  checkpoint_window bigint,
  digest bigint NOT NULL,
  PRIMARY KEY (run, shard)
){hot};

CREATE INDEX shard_incarnation ON shard (incarnation);

CREATE TABLE window_digest (
  run bigint NOT NULL,
  shard bigint NOT NULL,
  after_window bigint NOT NULL,
  digest bigint NOT NULL,
  PRIMARY KEY (run, shard, after_window)
);

CREATE TABLE checkpoint (
  run bigint NOT NULL,
  shard bigint NOT NULL,
  after_window bigint NOT NULL,
  codec text NOT NULL,
  digest bigint NOT NULL,
  bytes {bytes} NOT NULL,
  checksum bigint NOT NULL,
  PRIMARY KEY (run, shard, after_window)
);

-- PostgreSQL keeps this one empty: each coupled run has its own mail_<run> of the same shape, in ranges of windows.
CREATE TABLE mail (
  run bigint NOT NULL,
  sent_window bigint NOT NULL,
  destination bigint NOT NULL,
  source bigint NOT NULL,
  bytes {bytes} NOT NULL,
  checksum bigint NOT NULL,
  PRIMARY KEY (run, sent_window, destination, source)
);

CREATE TABLE result (
  run bigint NOT NULL,
  name text {ordinal} NOT NULL,
  shard bigint NOT NULL,
  first_window bigint NOT NULL,
  last_window bigint NOT NULL,
  digest bigint NOT NULL,
  bytes {bytes} NOT NULL,
  checksum bigint NOT NULL,
  PRIMARY KEY (run, name, shard, first_window)
);

CREATE TABLE command (
  run bigint NOT NULL,
  sequence bigint NOT NULL,
  key {uuid} NOT NULL,
  hosts text NOT NULL,
  kind text NOT NULL,
  payload {bytes} NOT NULL,
  effective_window bigint NOT NULL,
  accepted_at bigint NOT NULL,
  checksum bigint NOT NULL,
  PRIMARY KEY (run, sequence),
  UNIQUE (key, run)
);

CREATE INDEX command_effective ON command {block ranges} (effective_window);

CREATE TABLE applied (
  run bigint NOT NULL,
  after_window bigint NOT NULL,
  shard bigint NOT NULL,
  sequences text NOT NULL,
  PRIMARY KEY (run, after_window, shard)
);
