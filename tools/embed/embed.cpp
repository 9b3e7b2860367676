// Turns the files of a folder into three files that compile into the binary:
//   NAME.bin   all contents, and the packed forms, one after another
//   NAME.S     takes NAME.bin in as it is, which costs no compile time however big it is
//   NAME.cpp   the table of paths and places that embedded/NAME.hpp promises
//
// embed NAME FOLDER OUTPUT plain|packed [FILE...]
// Without FILE: everything below FOLDER; nothing where there is no FOLDER.

#include <brotli/encode.h>
#include <sodium.h>
#define ZLIB_CONST  // next_in is only read
#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Place {
    std::size_t offset = 0, size = 0;
};

struct Entry {
    std::string path, etag;
    Place bytes, gzip, brotli;
};

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

// Leaves an unchanged file alone, so that nothing is compiled again for it.
void write(const fs::path& path, const std::string& text) {
    if (fs::exists(path) && read(path) == text) return;
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.close();
    if (!file) throw std::runtime_error("cannot write " + path.string());
}

std::string digest(const std::string& text) {
    unsigned char hash[16];
    crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                       nullptr, 0);
    char hex[2 * sizeof hash + 1];
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return hex;
}

std::string gzip(const std::string& text) {
    z_stream stream{};
    constexpr int kGzip = 15 + 16;
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzip, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("deflateInit2");
    std::string packed(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<const Bytef*>(text.data());
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int status = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (status != Z_STREAM_END) throw std::runtime_error("deflate");
    return packed;
}

std::string brotli(const std::string& text) {
    std::size_t size = BrotliEncoderMaxCompressedSize(text.size());
    std::string packed(size, '\0');
    if (!BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_GENERIC, text.size(),
                               reinterpret_cast<const std::uint8_t*>(text.data()), &size,
                               reinterpret_cast<std::uint8_t*>(packed.data())))
        throw std::runtime_error("BrotliEncoderCompress");
    packed.resize(size);
    return packed;
}

std::vector<std::string> files_below(const fs::path& folder) {
    std::vector<std::string> paths;
    if (!fs::exists(folder)) return paths;
    for (const auto& item : fs::recursive_directory_iterator(folder))
        if (item.is_regular_file()) paths.push_back(item.path().lexically_relative(folder).generic_string());
    return paths;
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string part(const Place& place) {
    return place.size == 0 ? "{}"
                           : "part(" + std::to_string(place.offset) + ", " + std::to_string(place.size) + ")";
}

std::string table(const std::string& name, const std::vector<Entry>& entries) {
    const std::string symbol = "otokui_embedded_" + name;
    std::string out = "#include \"embedded/" + name + ".hpp\"\n\n";
    if (entries.empty())
        return out + "namespace otokui::embedded {\nstd::span<const File> " + name + "() { return {}; }\n}\n";
    out += "extern \"C\" const char " + symbol + "[];\n\nnamespace otokui::embedded {\n";
    out += "std::span<const File> " + name + "() {\n";
    out += "    const auto part = [](std::size_t offset, std::size_t size) { return std::string_view(" +
           symbol + " + offset, size); };\n";
    out += "    static const File files[] = {\n";
    for (const auto& entry : entries)
        out += "        {" + quoted(entry.path) + ", " + part(entry.bytes) + ", " + part(entry.gzip) + ", " +
               part(entry.brotli) + ", \"" + entry.etag + "\"},\n";
    return out + "    };\n    return files;\n}\n}\n";
}

std::string assembly(const std::string& name, const fs::path& blob) {
    const std::string symbol = "otokui_embedded_" + name;
    return ".section .rodata\n.globl " + symbol + "\n.type " + symbol + ", %object\n.balign 16\n" + symbol +
           ":\n.incbin " + quoted(blob.string()) + "\n.byte 0\n.size " + symbol + ", . - " + symbol +
           "\n.section .note.GNU-stack,\"\",%progbits\n";
}

void embed(const std::string& name, const fs::path& folder, const fs::path& output, bool packed,
           std::vector<std::string> paths) {
    if (paths.empty()) paths = files_below(folder);
    std::ranges::sort(paths);
    std::string blob;
    const auto append = [&blob](const std::string& text) {
        const Place place{blob.size(), text.size()};
        blob += text;
        return place;
    };
    std::vector<Entry> entries;
    for (const auto& path : paths) {
        const std::string text = read(folder / path);
        Entry entry{path, digest(text), append(text), {}, {}};
        if (packed) {
            if (const auto small = gzip(text); small.size() < text.size()) entry.gzip = append(small);
            if (const auto small = brotli(text); small.size() < text.size()) entry.brotli = append(small);
        }
        entries.push_back(std::move(entry));
    }
    const fs::path blob_path = fs::absolute(output / (name + ".bin"));
    write(blob_path, blob);
    write(output / (name + ".S"), assembly(name, blob_path));
    write(output / (name + ".cpp"), table(name, entries));
}

}  // namespace

int main(int count, char** arguments) try {
    if (count < 5 || sodium_init() < 0) {
        std::cerr << "embed NAME FOLDER OUTPUT plain|packed [FILE...]\n";
        return 2;
    }
    embed(arguments[1], arguments[2], arguments[3], arguments[4] == std::string("packed"),
          {arguments + 5, arguments + count});
    return 0;
} catch (const std::exception& error) {
    std::cerr << "embed: " << error.what() << '\n';
    return 1;
}
