//! Opening the file, its versions, and what its errors mean.

use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, Error, ErrorCode, OpenFlags, TransactionBehavior};

use super::Options;
use crate::records::store::Failure;

/// Name of the file in the data folder.
pub(super) const FILE: &str = "records.sqlite";
/// Says in the file's header whose it is: `RCL1`.
const APPLICATION: i32 = 0x5243_4C31;
/// Version of the tables: the number of migrations.
const VERSION: u32 = MIGRATIONS.len() as u32;
/// How long another process may write before one gives up.
const BUSY: Duration = Duration::from_secs(5);

/// What leads from each version of the tables to the next. Never changed, only added to.
const MIGRATIONS: [&str; 3] = [
    "
    CREATE TABLE texts (
        hash TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        text TEXT NOT NULL
    ) WITHOUT ROWID;
    -- What lists show. The contents of a call are elsewhere, so that reading a list reads little.
    CREATE TABLE records (
        id TEXT PRIMARY KEY,
        format INTEGER NOT NULL,
        rules INTEGER NOT NULL,
        call TEXT NOT NULL,
        scenario TEXT NOT NULL,
        standards TEXT NOT NULL,
        variant TEXT,
        seed INTEGER NOT NULL, -- the 64 bits as a signed number
        role TEXT NOT NULL,
        mode TEXT NOT NULL,
        by TEXT NOT NULL,
        taken TEXT NOT NULL,
        clock INTEGER NOT NULL,
        finished INTEGER NOT NULL,
        actions INTEGER NOT NULL,
        ending TEXT,
        decided TEXT
    );
    CREATE INDEX unfinished ON records (id) WHERE NOT finished;
    -- A call as far as it is folded: JSON arrays. All of it once it is finished.
    CREATE TABLE bodies (
        record TEXT PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
        actions TEXT NOT NULL,
        events TEXT NOT NULL
    );
    -- What has come since: an action each, and the events since the one before.
    CREATE TABLE acts (
        record TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE,
        sequence INTEGER NOT NULL,
        action TEXT NOT NULL,
        events TEXT NOT NULL,
        PRIMARY KEY (record, sequence)
    ) WITHOUT ROWID;
    CREATE TABLE annotations (
        id TEXT PRIMARY KEY,
        record TEXT REFERENCES records (id) ON DELETE CASCADE,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        json TEXT NOT NULL
    );
    CREATE INDEX annotations_of ON annotations (record);
    -- A cache: can be thrown away at any time.
    CREATE TABLE assessments (
        record TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE,
        scenario TEXT NOT NULL,
        standards TEXT NOT NULL,
        rules INTEGER NOT NULL,
        summary TEXT NOT NULL,
        full TEXT NOT NULL,
        PRIMARY KEY (record, scenario, standards, rules)
    );
",
    "
    -- What this machine keeps for its window: profiles, settings.
    CREATE TABLE settings (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) WITHOUT ROWID;
",
    "
    -- A mark in short and in full, apart: lists and agreement read the short ones of a hundred thousand calls.
    ALTER TABLE assessments RENAME TO whole;
    CREATE TABLE assessments (
        number INTEGER PRIMARY KEY,
        record TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE,
        scenario TEXT NOT NULL,
        standards TEXT NOT NULL,
        rules INTEGER NOT NULL,
        summary TEXT NOT NULL,
        UNIQUE (record, scenario, standards, rules)
    );
    CREATE TABLE assessments_in_full (
        assessment INTEGER PRIMARY KEY REFERENCES assessments (number) ON DELETE CASCADE,
        text TEXT NOT NULL
    );
    INSERT INTO assessments SELECT rowid, record, scenario, standards, rules, summary FROM whole;
    INSERT INTO assessments_in_full SELECT rowid, full FROM whole;
    DROP TABLE whole;
",
];

/// Opens the file in a folder and brings it up to date.
pub(super) fn open(folder: &Path, options: &Options) -> Result<Connection, Failure> {
    let file = folder.join(FILE);
    if options.only_read && !file.exists() {
        return Err(Failure::Nothing { path: folder.display().to_string() });
    }
    match open_to_write(folder, &file, options) {
        Err(Failure::ReadOnly { .. }) if options.only_read => open_to_read(&file),
        opened => opened,
    }
}

/// Makes the folder where it is missing; other accounts of the machine do not see into it.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn open_to_write(folder: &Path, file: &Path, options: &Options) -> Result<Connection, Failure> {
    make_folder(folder).map_err(|problem| io_failure(folder, &problem))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let failed = |problem: Error| why_not_opened(file, &problem);
    let mut connection = Connection::open_with_flags(file, flags).map_err(failed)?;
    if connection.is_readonly("main").map_err(failed)? {
        return Err(Failure::ReadOnly { path: file.display().to_string() });
    }
    connection.busy_timeout(BUSY).map_err(failed)?;
    let found = version(&connection, file)?;
    // Another process may be opening the same new file: SQLite does not wait for this one.
    let mut tries = 0;
    while let Err(problem) = connection.pragma_update(None, "journal_mode", "WAL") {
        let problem = why_not_opened(file, &problem);
        tries += 1;
        if !matches!(problem, Failure::Busy { .. }) || tries > 100 {
            return Err(problem);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    connection.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
    connection.pragma_update(None, "foreign_keys", true).map_err(failed)?;
    // What is wiped is overwritten.
    connection.pragma_update(None, "secure_delete", true).map_err(failed)?;
    if let Some(pages) = options.max_pages {
        connection.pragma_update(None, "max_page_count", pages).map_err(failed)?;
    }
    if found < VERSION {
        migrate(&mut connection, file)?;
    }
    Ok(connection)
}

/// For a medium that cannot be written to: with its journal if that can be read, else without if
/// there is none.
fn open_to_read(file: &Path) -> Result<Connection, Failure> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let plainly = Connection::open_with_flags(file, flags)
        .map_err(|problem| why_not_opened(file, &problem))
        .and_then(|connection| version(&connection, file).map(|found| (connection, found)));
    let journal = PathBuf::from(format!("{}-wal", file.display()));
    let empty = journal.metadata().map_or(true, |journal| journal.len() == 0);
    let (connection, found) = match plainly {
        Err(_) if empty => {
            let path = file.display().to_string().replace('%', "%25").replace('?', "%3f");
            let address = format!("file:{}?immutable=1", path.replace('#', "%23"));
            let flags = flags | OpenFlags::SQLITE_OPEN_URI;
            let connection =
                Connection::open_with_flags(address, flags).map_err(|problem| why_not_opened(file, &problem))?;
            let found = version(&connection, file)?;
            (connection, found)
        }
        other => other?,
    };
    if found < VERSION {
        // It would have to be brought up to date, which cannot be done here.
        return Err(Failure::ReadOnly { path: file.display().to_string() });
    }
    Ok(connection)
}

/// The version of the tables; 0 for an empty file. Refuses what is not ours or is newer.
fn version(connection: &Connection, file: &Path) -> Result<u32, Failure> {
    let failed = |problem: Error| why_not_opened(file, &problem);
    let path = file.display().to_string();
    // In one go: another process may be making the tables.
    let query = "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema) \
                 FROM pragma_application_id, pragma_user_version";
    let (application, found, tables): (i32, i32, u32) =
        connection.query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).map_err(failed)?;
    match u32::try_from(found) {
        Ok(0) if application == 0 && tables == 0 => Ok(0),
        Ok(found) if application == APPLICATION && found > VERSION => {
            Err(Failure::Newer { path, found, known: VERSION })
        }
        Ok(found) if application == APPLICATION && found > 0 => Ok(found),
        _ => Err(Failure::NotOurs { path }),
    }
}

fn migrate(connection: &mut Connection, file: &Path) -> Result<(), Failure> {
    let failed = |problem: Error| why_not_opened(file, &problem);
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    // Another process may have done it in the meantime.
    let found = version(&change, file)?;
    for migration in MIGRATIONS.iter().skip(found as usize) {
        change.execute_batch(migration).map_err(failed)?;
    }
    change.pragma_update(None, "application_id", APPLICATION).map_err(failed)?;
    change.pragma_update(None, "user_version", VERSION).map_err(failed)?;
    change.commit().map_err(failed)
}

/// What an error means before the store is open: SQLite says only that it cannot.
fn why_not_opened(file: &Path, problem: &Error) -> Failure {
    if problem.sqlite_error_code() == Some(ErrorCode::CannotOpen) {
        if file.is_dir() {
            return io_failure(file, &io::Error::from(io::ErrorKind::IsADirectory));
        }
        if let Err(reason) = OpenOptions::new().append(true).create(true).open(file) {
            return io_failure(file, &reason);
        }
    }
    failure(file, problem)
}

/// What an error of SQLite's means for this file.
pub(super) fn failure(file: &Path, problem: &Error) -> Failure {
    let path = file.display().to_string();
    match problem.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Failure::DiskFull { path },
        Some(ErrorCode::ReadOnly) => Failure::ReadOnly { path },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Failure::Busy { path },
        Some(ErrorCode::NotADatabase) => Failure::NotOurs { path },
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::ConstraintViolation) => {
            Failure::Damaged { path, what: problem.to_string() }
        }
        Some(_) => Failure::Disk { path, why: problem.to_string() },
        // A column that is not of its type or lacks a row.
        None => Failure::Damaged { path, what: problem.to_string() },
    }
}

/// What an error of the operating system's means for this path.
pub(super) fn io_failure(path: &Path, problem: &io::Error) -> Failure {
    let path = path.display().to_string();
    match problem.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Failure::DiskFull { path },
        io::ErrorKind::ReadOnlyFilesystem => Failure::ReadOnly { path },
        io::ErrorKind::PermissionDenied => Failure::Unusable { path, why: "it may not be written to".to_owned() },
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            Failure::Unusable { path, why: "a file is in the way".to_owned() }
        }
        io::ErrorKind::IsADirectory => Failure::Unusable { path, why: "it is a folder".to_owned() },
        _ => {
            let why = problem.to_string();
            let why = why.split(" (os error").next().unwrap_or_default().to_owned();
            Failure::Unusable { path, why }
        }
    }
}
