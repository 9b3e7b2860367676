#include "support/database.hpp"

#include <cstdlib>
#include <stdexcept>

#include "storage/migrations.hpp"

namespace otokui::test {
namespace {

std::filesystem::path make_folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "otokui-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a folder for a test");
    return pattern;
}

}  // namespace

std::vector<Backend> backends() { return {Backend::sqlite}; }

std::string backend_name(const testing::TestParamInfo<Backend>& info) {
    return info.param == Backend::sqlite ? "sqlite" : "postgres";
}

Database::Database(Backend backend, Schema schema, const storage::DatabaseOptions& options)
    : options_(options) {
    folder_ = make_folder();
    url_ = {backend, (folder_ / "shop.db").string()};
    reopen();
    if (schema == Schema::migrated) storage::migrate(*database_);
}

Database::~Database() {
    database_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string Database::url_text() const { return "sqlite:" + url_.target; }

void Database::reopen() {
    database_.reset();
    database_ = storage::Database::open(url_, options_);
}

}  // namespace otokui::test
