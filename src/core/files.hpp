#pragma once

#include <sodium.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/key_ring.hpp"
#include "core/journal.hpp"

// Uploads and results. They lie in the database in chunks of 1 MiB, each packed and sealed under the master
// key, so that every server finds them and a stolen database gives nothing away.
namespace otokui::core {

using FileId = Id<struct FileTag>;

struct StoredFile {
    FileId id;
    std::string token;  // unguessable; how the API names it
    JobId job;
    std::string purpose;  // "upload", "result", "rejects"
    std::string name;     // as offered to the person: "customers-20261122.csv"
    std::string content_type;
    StaffId staff;
    std::int64_t size = 0;
    std::string digest;  // SHA-256, hex
    bool complete = false;
    Moment expires_at;
};

struct NewFile {
    std::string purpose, name, content_type;
    JobId job = {};
    StaffId staff = {};
    std::chrono::hours keep{24};
};

class FileStore;

/// Appends to a new file; constant memory. What is not finished is deleted by the next cleaning.
class FileWriter {
public:
    FileWriter(FileStore& store, StoredFile file);
    void append(std::string_view bytes);
    /// Stores what is left; the file can be read from now on.
    StoredFile finish();
    const StoredFile& file() const { return file_; }

private:
    void seal_buffer();
    void store();
    // Chunks of one transaction: each is a wait for the disk.
    static constexpr std::size_t kTogether = 8;
    FileStore& store_;
    StoredFile file_;
    std::string buffer_;
    std::vector<storage::Blob> sealed_;
    std::int64_t position_ = 0;  // of the first of them
    crypto_hash_sha256_state digest_;
};

class FileStore {
public:
    static constexpr std::size_t kChunk = 1 << 20;  // bytes

    FileStore(Journal& journal, const crypto::KeyRing& keys) : journal_(journal), keys_(keys) {}

    FileWriter create(const NewFile& file);
    std::optional<StoredFile> find(std::string_view token);
    std::optional<StoredFile> find(JobId job, std::string_view purpose);
    /// The chunk at `position` (0, 1, …) in clear; nothing past the end. A chunk changed on the way throws
    /// crypto::Unsealable.
    std::optional<std::string> read_chunk(const StoredFile& file, std::int64_t position);
    void remove(FileId file);
    void attach(Writer& writer, FileId file, JobId job);
    /// Deletes what has expired; returns how many files went.
    std::int64_t remove_expired();
    /// Deletes uploads and results made up to then, those of unfinished jobs excepted; returns how many.
    std::int64_t remove_made_before(Moment moment);

private:
    friend class FileWriter;
    std::optional<StoredFile> find_where(std::string_view condition,
                                         std::initializer_list<storage::Value> values);
    storage::Blob sealed(const StoredFile& file, std::int64_t position, std::string_view bytes) const;
    void write_chunks(const StoredFile& file, std::int64_t first, std::span<const storage::Blob> sealed);
    Journal& journal_;
    const crypto::KeyRing& keys_;
};

}  // namespace otokui::core
