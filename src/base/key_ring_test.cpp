#include "base/key_ring.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

#include "base/crypto.hpp"
#include "base/problem.hpp"

namespace otokui::crypto {
namespace {

class KeyFile : public testing::Test {
protected:
    KeyFile() {
        std::string pattern = (std::filesystem::temp_directory_path() / "otokui-key-XXXXXX").string();
        folder_ = mkdtemp(pattern.data());
        file_ = folder_ / "deeper" / "shop.key";
    }
    ~KeyFile() override { std::filesystem::remove_all(folder_); }

    template <class Work>
    static std::string refusal(Work work) {
        try {
            work();
        } catch (const Refused& refused) {
            return refused.problem().code;
        }
        return "";
    }

    std::filesystem::path folder_, file_;
};

TEST(KeyRing, OpensWhatItSealed) {
    const auto ring = KeyRing::random();
    for (const std::string& plain : {std::string(), std::string("otk_秘密"), std::string(1'000'000, 'x')}) {
        const auto sealed = ring.seal(plain, "here");
        EXPECT_EQ(sealed.size(), plain.size() + 41 + 16);
        EXPECT_EQ(ring.open_text(sealed, "here"), plain);
        EXPECT_NE(ring.seal(plain, "here"), sealed);
    }
}

TEST(KeyRing, DoesNotOpenWhatWasMovedChangedOrCut) {
    const auto ring = KeyRing::random();
    const auto sealed = ring.seal("secret", "webhook:1");
    EXPECT_THROW(ring.open(sealed, "webhook:2"), Unsealable);
    EXPECT_THROW(KeyRing::random().open(sealed, "webhook:1"), Unsealable);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto changed = sealed;
        changed[i] ^= 1;
        EXPECT_THROW(ring.open(changed, "webhook:1"), Unsealable) << i;
        EXPECT_THROW(ring.open(std::span(sealed).first(i), "webhook:1"), Unsealable) << i;
    }
}

TEST(KeyRing, RotatesWithoutLosingWhatTheOldKeySealed) {
    auto ring = KeyRing::random();
    const auto old = ring.seal("secret", "a");
    EXPECT_TRUE(ring.is_current(old));
    ring.add_key();
    EXPECT_FALSE(ring.is_current(old));
    EXPECT_EQ(ring.open_text(old, "a"), "secret");
    const auto anew = ring.seal("secret", "a");
    EXPECT_TRUE(ring.is_current(anew));
    EXPECT_TRUE(ring.has_key_of(old) && ring.has_key_of(anew));
    ring.keep_current_only();
    EXPECT_EQ(ring.open_text(anew, "a"), "secret");
    EXPECT_FALSE(ring.has_key_of(old) || ring.has_key_of({}));
    EXPECT_THROW(ring.open(old, "a"), Unsealable);
}

TEST_F(KeyFile, IsMadeForItsOwnerAloneAndReadAgain) {
    auto made = KeyRing::load_or_create(file_, SealedValues::none);
    struct stat state{};
    ASSERT_EQ(stat(file_.c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 0777, 0600U);
    const auto old = made.seal("x", "a");
    made.add_key();
    made.save(file_);
    const auto anew = made.seal("y", "a");
    const auto loaded = KeyRing::load_or_create(file_, SealedValues::exist);
    EXPECT_EQ(loaded.open_text(old, "a"), "x");
    EXPECT_EQ(loaded.open_text(anew, "a"), "y");
    EXPECT_TRUE(loaded.is_current(anew));
}

TEST_F(KeyFile, ItsAbsenceIsRefusedOnceSomethingIsSealed) {
    EXPECT_EQ(refusal([&] { KeyRing::load_or_create(file_, SealedValues::exist); }), "crypto.key_missing");
    EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(KeyFile, IsRefusedWhenOthersMayReadIt) {
    KeyRing::random().save(file_);
    ASSERT_EQ(chmod(file_.c_str(), 0640), 0);
    EXPECT_EQ(refusal([&] { KeyRing::load(file_); }), "crypto.key_rights");
}

TEST_F(KeyFile, IsRefusedWhenItIsNoKey) {
    KeyRing::random().save(file_);
    for (const char* text : {"", "hello\n", "otokui-key-1 short\n", "otokui-key-1 ****\n"}) {
        std::ofstream(file_) << text;
        EXPECT_EQ(refusal([&] { KeyRing::load(file_); }), "crypto.key_unreadable") << text;
    }
}

TEST(Crypto, ReadsTheBase64UrlItWrote) {
    const Bytes bytes{0, 255, 254, 1};
    EXPECT_EQ(parse_base64url(base64url(bytes)), bytes);
    EXPECT_EQ(parse_base64url(""), Bytes{});
    for (const char* text : {"A", "AA==", "A+", "A/", "AA AA", "あ"})
        EXPECT_EQ(parse_base64url(text), std::nullopt) << text;
}

TEST(Crypto, RandomBytesFillTheirWholeSpan) {
    std::array<std::uint8_t, 64> first{}, second{};
    fill_random(first);
    fill_random(second);
    EXPECT_NE(first, second);
}

}  // namespace
}  // namespace otokui::crypto
