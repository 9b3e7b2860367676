#include "core/files.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/packed.hpp"

namespace otokui::core {
namespace {

std::string hex(std::span<const std::uint8_t> bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (const auto byte : bytes) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

// A chunk copied to another place does not open there.
std::string context(FileId file, std::int64_t position) {
    return "file:" + std::to_string(file.value) + ":" + std::to_string(position);
}

}  // namespace

FileWriter::FileWriter(FileStore& store, StoredFile file) : store_(store), file_(std::move(file)) {
    crypto_hash_sha256_init(&digest_);
    buffer_.reserve(FileStore::kChunk);
}

void FileWriter::append(std::string_view bytes) {
    crypto_hash_sha256_update(&digest_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    file_.size += static_cast<std::int64_t>(bytes.size());
    while (!bytes.empty()) {
        const auto taken = std::min(bytes.size(), FileStore::kChunk - buffer_.size());
        buffer_.append(bytes.substr(0, taken));
        bytes.remove_prefix(taken);
        if (buffer_.size() == FileStore::kChunk) seal_buffer();
    }
}

void FileWriter::seal_buffer() {
    sealed_.push_back(store_.sealed(file_, position_ + std::ssize(sealed_), buffer_));
    buffer_.clear();
    if (sealed_.size() == kTogether) store();
}

void FileWriter::store() {
    store_.write_chunks(file_, position_, sealed_);
    position_ += std::ssize(sealed_);
    sealed_.clear();
}

StoredFile FileWriter::finish() {
    if (!buffer_.empty()) seal_buffer();
    if (!sealed_.empty()) store();
    storage::Blob digest(crypto_hash_sha256_BYTES);
    crypto_hash_sha256_final(&digest_, digest.data());
    file_.digest = hex(digest);
    file_.complete = true;
    store_.journal_.housekeeping([&](Writer& writer) {
        writer.execute_unjournaled(writer.registry().get("stored_file"),
                                   "UPDATE stored_file SET size = ?, digest = ?, complete = 1 WHERE id = ?",
                                   {file_.size, digest, file_.id.value});
    });
    return file_;
}

FileWriter FileStore::create(const NewFile& file) {
    StoredFile stored{.id = {},
                      .token = crypto::random_text(24),
                      .job = file.job,
                      .purpose = file.purpose,
                      .name = file.name,
                      .content_type = file.content_type,
                      .staff = file.staff,
                      .digest = {},
                      .expires_at = journal_.now() + std::chrono::milliseconds(file.keep)};
    journal_.housekeeping([&](Writer& writer) {
        stored.id = {writer.tx().allocate_ids("stored_file", 1).front()};
        const auto or_null = [](std::int64_t id) { return id == 0 ? storage::Value() : storage::Value(id); };
        writer.execute_unjournaled(
            writer.registry().get("stored_file"),
            "INSERT INTO stored_file (id, token, job_id, purpose, name, content_type, staff_id, size, "
            "digest, complete, created_at,"
            " expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, 0, ?, ?)",
            {stored.id.value, stored.token, or_null(stored.job.value), stored.purpose, stored.name,
             stored.content_type, or_null(stored.staff.value), storage::Blob(), writer.now().milliseconds,
             stored.expires_at.milliseconds});
    });
    return FileWriter(*this, std::move(stored));
}

storage::Blob FileStore::sealed(const StoredFile& file, std::int64_t position, std::string_view bytes) const {
    return keys_.seal(pack(bytes), context(file.id, position));
}

void FileStore::write_chunks(const StoredFile& file, std::int64_t first,
                             std::span<const storage::Blob> sealed) {
    journal_.housekeeping(
        [&](Writer& writer) {
            for (std::int64_t i = 0; i < std::ssize(sealed); ++i)
                writer.execute_unjournaled(
                    writer.registry().get("file_chunk"),
                    "INSERT INTO file_chunk (file_id, position, content, packed) VALUES (?, ?, ?, 1)",
                    {file.id.value, first + i, sealed[static_cast<std::size_t>(i)]});
        },
        storage::Priority::background);
}

std::optional<StoredFile> FileStore::find_where(std::string_view condition,
                                                std::initializer_list<storage::Value> values) {
    return journal_.database().read([&](storage::Transaction& tx) {
        std::optional<StoredFile> file;
        tx.query(
            "SELECT id, token, COALESCE(job_id, 0), purpose, name, content_type, COALESCE(staff_id, 0), "
            "size, digest, complete,"
            " expires_at FROM stored_file WHERE " +
                std::string(condition),
            values, [&](const storage::Row& row) {
                file.emplace(StoredFile{{row.integer(0)},
                                        std::string(row.text(1)),
                                        {row.integer(2)},
                                        std::string(row.text(3)),
                                        std::string(row.text(4)),
                                        std::string(row.text(5)),
                                        {row.integer(6)},
                                        row.integer(7),
                                        hex(row.bytes(8)),
                                        row.integer(9) != 0,
                                        {row.integer(10)}});
            });
        if (file && file->expires_at <= journal_.now()) file.reset();
        return file;
    });
}

std::optional<StoredFile> FileStore::find(std::string_view token) {
    return find_where("token = ?", {std::string(token)});
}

std::optional<StoredFile> FileStore::find(JobId job, std::string_view purpose) {
    return find_where("job_id = ? AND purpose = ? AND complete = 1 ORDER BY id DESC LIMIT 1",
                      {job.value, std::string(purpose)});
}

std::optional<std::string> FileStore::read_chunk(const StoredFile& file, std::int64_t position) {
    return journal_.database().read([&](storage::Transaction& tx) {
        std::optional<std::string> plain;
        tx.query("SELECT content, packed FROM file_chunk WHERE file_id = ? AND position = ?",
                 {file.id.value, position}, [&](const storage::Row& row) {
                     plain = keys_.open_text(row.bytes(0), context(file.id, position));
                     if (row.integer(1) != 0) plain = unpack(*plain, kChunk);
                 });
        return plain;
    });
}

void FileStore::remove(FileId file) {
    journal_.housekeeping([&](Writer& writer) {
        writer.execute_unjournaled(writer.registry().get("file_chunk"),
                                   "DELETE FROM file_chunk WHERE file_id = ?", {file.value});
        writer.execute_unjournaled(writer.registry().get("stored_file"),
                                   "DELETE FROM stored_file WHERE id = ?", {file.value});
    });
}

void FileStore::attach(Writer& writer, FileId file, JobId job) {
    writer.execute_unjournaled(writer.registry().get("stored_file"),
                               "UPDATE stored_file SET job_id = ? WHERE id = ?", {job.value, file.value});
}

std::int64_t FileStore::remove_expired() {
    std::vector<FileId> expired;
    journal_.database().read([&](storage::Transaction& tx) {
        tx.query("SELECT id FROM stored_file WHERE expires_at <= ?", {journal_.now().milliseconds},
                 [&](const storage::Row& row) { expired.push_back({row.integer(0)}); });
    });
    for (const auto file : expired) remove(file);
    return static_cast<std::int64_t>(expired.size());
}

std::int64_t FileStore::remove_made_before(Moment moment) {
    std::vector<FileId> files;
    journal_.database().read([&](storage::Transaction& tx) {
        tx.query(
            "SELECT id FROM stored_file WHERE created_at <= ? AND NOT EXISTS (SELECT 1 FROM job WHERE job.id "
            "= stored_file.job_id AND job.status IN ('queued', 'running')) ORDER BY id",
            {moment.milliseconds}, [&](const storage::Row& row) { files.push_back({row.integer(0)}); });
    });
    for (const auto file : files) remove(file);
    return static_cast<std::int64_t>(files.size());
}

}  // namespace otokui::core
