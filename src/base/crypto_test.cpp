#include "base/crypto.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <stdexcept>

#include "base/digester.hpp"

namespace otokui::crypto {
namespace {

TEST(Crypto, RandomTextIsBase64UrlAndNeverTheSameTwice) {
    const std::string first = random_text(32);
    EXPECT_TRUE(std::regex_match(first, std::regex("[A-Za-z0-9_-]{43}")));
    EXPECT_NE(first, random_text(32));
}

TEST(Crypto, DigestIsBlake2b256) {
    // The first eight bytes of BLAKE2b-256 of the empty text, from RFC 7693's reference implementation.
    const Digest empty = digest("");
    EXPECT_EQ(base64url(std::span(empty).first(8)), "DldRwCblQ7I");
}

TEST(Crypto, KeyedDigestDependsOnKeyAndText) {
    const std::string key(32, 'k'), other_key(32, 'l');
    EXPECT_EQ(keyed_digest(key, "text"), keyed_digest(key, "text"));
    EXPECT_NE(keyed_digest(key, "text"), keyed_digest(other_key, "text"));
    EXPECT_NE(keyed_digest(key, "text"), keyed_digest(key, "texT"));
    EXPECT_NE(keyed_digest(key, "text"), digest("text"));
}

TEST(Digester, DigestsPiecesLikeTheWholeHoweverTheyAreCut) {
    Digester nothing, pieces;
    EXPECT_EQ(nothing.finish(), digest(""));
    for (const auto* piece : {"te", "", "x", "t"}) pieces.add(piece);
    EXPECT_EQ(pieces.finish(), digest("text"));
}

TEST(Crypto, RefusesAShortKey) { EXPECT_THROW(keyed_digest("short", "text"), std::invalid_argument); }

TEST(Crypto, IsEqualComparesWholeTexts) {
    EXPECT_TRUE(is_equal("abc", "abc"));
    EXPECT_FALSE(is_equal("abc", "abd"));
    EXPECT_FALSE(is_equal("abc", "abcd"));
    EXPECT_TRUE(is_equal("", ""));
}

TEST(Crypto, PasswordHashesAreSaltedArgon2idAndVerify) {
    const std::string password = "桜の下でおにぎりを食べる";
    const std::string hash = hash_password(password);
    EXPECT_EQ(hash.substr(0, 10), "$argon2id$");
    EXPECT_NE(hash, hash_password(password));
    EXPECT_TRUE(verify_password(hash, password));
    EXPECT_FALSE(verify_password(hash, password + " "));
    EXPECT_FALSE(needs_rehash(hash));
}

TEST(Crypto, NothingVerifiesAgainstWhatIsNoHash) {
    EXPECT_FALSE(verify_password("", ""));
    EXPECT_FALSE(verify_password("plain", "plain"));
}

TEST(Crypto, AWeakerHashWantsToBeMadeAnew) {
    EXPECT_TRUE(
        needs_rehash("$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"
                     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
}

}  // namespace
}  // namespace otokui::crypto
