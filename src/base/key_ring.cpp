#include "base/key_ring.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "base/crypto.hpp"
#include "base/problem.hpp"

namespace otokui::crypto {
namespace {

constexpr std::string_view kLinePrefix = "otokui-key-1 ";
constexpr std::uint8_t kFormat = 1;
constexpr std::size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::string_view kIdContext = "otokui master key id";

[[noreturn]] void refuse(std::string code, Text detail) {
    throw Refused({ProblemKind::unavailable, std::move(code), std::move(detail)});
}

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

class OpenFile {
public:
    explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
    ~OpenFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int get() const { return descriptor_; }

private:
    int descriptor_;
};

void write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(file, text.data(), text.size());
        if (written < 0) fail("write the key file");
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

void sync_folder(const std::filesystem::path& folder) {
    const OpenFile opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.get() < 0 || ::fsync(opened.get()) != 0) fail("sync the key file's folder");
}

}  // namespace

KeyRing::~KeyRing() {
    for (auto& key : keys_) sodium_memzero(key.secret.data(), key.secret.size());
}

KeyRing::Key KeyRing::key_of(const std::array<std::uint8_t, kKeySize>& secret) {
    Key key{secret, {}};
    crypto_generichash(key.id.data(), key.id.size(),
                       reinterpret_cast<const unsigned char*>(kIdContext.data()), kIdContext.size(),
                       secret.data(), secret.size());
    return key;
}

KeyRing::Key KeyRing::fresh_key() {
    std::array<std::uint8_t, kKeySize> secret{};
    fill_random(secret);
    return key_of(secret);
}

KeyRing KeyRing::random() { return KeyRing({fresh_key()}); }

KeyRing KeyRing::load(const std::filesystem::path& file) {
    const OpenFile opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (opened.get() < 0) {
        if (errno != ENOENT) fail("open the key file");
        refuse("crypto.key_missing",
               {"マスターキーのファイルがありません。バックアップから戻してください: " + file.string(),
                "The master key file is missing. Bring it back from a backup: " + file.string()});
    }
    struct stat state{};
    if (::fstat(opened.get(), &state) != 0) fail("look at the key file");
    if ((state.st_mode & 077) != 0)
        refuse("crypto.key_rights",
               {"マスターキーのファイルを所有者だけが読めるようにしてください (chmod 600): " + file.string(),
                "Only its owner may read the master key file (chmod 600): " + file.string()});
    std::vector<Key> keys;
    std::ifstream lines(file);
    std::string line;
    bool readable = true;
    while (std::getline(lines, line)) {
        std::array<std::uint8_t, kKeySize> secret{};
        const auto bytes = line.starts_with(kLinePrefix)
                               ? parse_base64url(std::string_view(line).substr(kLinePrefix.size()))
                               : std::nullopt;
        readable = readable && bytes && bytes->size() == secret.size();
        if (!readable) break;
        std::ranges::copy(*bytes, secret.begin());
        keys.push_back(key_of(secret));
    }
    if (!readable || keys.empty())
        refuse("crypto.key_unreadable", {"マスターキーのファイルを読めません: " + file.string(),
                                         "The master key file is not one: " + file.string()});
    return KeyRing(std::move(keys));
}

KeyRing KeyRing::load_or_create(const std::filesystem::path& file, SealedValues sealed) {
    if (sealed == SealedValues::exist || std::filesystem::exists(file)) return load(file);
    auto ring = random();
    ring.save(file);
    return ring;
}

void KeyRing::add_key() { keys_.insert(keys_.begin(), fresh_key()); }

void KeyRing::keep_current_only() { keys_.resize(1, keys_.front()); }

void KeyRing::save(const std::filesystem::path& file) const {
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    std::filesystem::create_directories(folder);
    const auto fresh = std::filesystem::path(file.string() + ".new");
    std::filesystem::remove(fresh);  // left by a crash
    {
        const OpenFile opened(::open(fresh.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600));
        if (opened.get() < 0) fail("make the key file");
        for (const auto& key : keys_)
            write_all(opened.get(), std::string(kLinePrefix) + base64url(key.secret) + "\n");
        if (::fsync(opened.get()) != 0) fail("sync the key file");
    }
    std::filesystem::rename(fresh, file);
    sync_folder(folder);
}

Bytes KeyRing::seal(std::span<const std::uint8_t> plain, std::string_view context) const {
    const Key& key = keys_.front();
    std::array<std::uint8_t, kNonceSize> nonce{};
    fill_random(nonce);
    Bytes sealed;
    sealed.reserve(1 + kIdSize + kNonceSize + plain.size() + kTagSize);
    sealed.push_back(kFormat);
    sealed.insert(sealed.end(), key.id.begin(), key.id.end());
    sealed.insert(sealed.end(), nonce.begin(), nonce.end());
    const auto head = sealed.size();
    sealed.resize(head + plain.size() + kTagSize);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + head, nullptr, plain.data(), plain.size(),
                                               reinterpret_cast<const unsigned char*>(context.data()),
                                               context.size(), nullptr, nonce.data(), key.secret.data());
    return sealed;
}

Bytes KeyRing::seal(std::string_view plain, std::string_view context) const {
    return seal(std::span(reinterpret_cast<const std::uint8_t*>(plain.data()), plain.size()), context);
}

Bytes KeyRing::open(std::span<const std::uint8_t> sealed, std::string_view context) const {
    constexpr std::size_t kHead = 1 + kIdSize + kNonceSize;
    if (sealed.size() < kHead + kTagSize || sealed[0] != kFormat)
        throw Unsealable("crypto: not a sealed value");
    const auto id = key_id(sealed), nonce = sealed.subspan(1 + kIdSize, kNonceSize);
    const auto key =
        std::ranges::find_if(keys_, [&](const Key& each) { return std::ranges::equal(each.id, id); });
    if (key == keys_.end()) throw Unsealable("crypto: no key " + base64url(id));
    Bytes plain(sealed.size() - kHead - kTagSize);
    const auto box = sealed.subspan(kHead);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, box.data(), box.size(),
                                                   reinterpret_cast<const unsigned char*>(context.data()),
                                                   context.size(), nonce.data(), key->secret.data()) != 0)
        throw Unsealable("crypto: changed, or from another place, under key " + base64url(id));
    return plain;
}

std::string KeyRing::open_text(std::span<const std::uint8_t> sealed, std::string_view context) const {
    const auto plain = open(sealed, context);
    return {plain.begin(), plain.end()};
}

// Nothing of what is too short to be sealed.
std::span<const std::uint8_t> KeyRing::key_id(std::span<const std::uint8_t> sealed) {
    return sealed.size() > kIdSize ? sealed.subspan(1, kIdSize) : std::span<const std::uint8_t>();
}

bool KeyRing::has_key_of(std::span<const std::uint8_t> sealed) const {
    return std::ranges::any_of(keys_,
                               [&](const Key& each) { return std::ranges::equal(each.id, key_id(sealed)); });
}

bool KeyRing::is_current(std::span<const std::uint8_t> sealed) const {
    return std::ranges::equal(keys_.front().id, key_id(sealed));
}

}  // namespace otokui::crypto
