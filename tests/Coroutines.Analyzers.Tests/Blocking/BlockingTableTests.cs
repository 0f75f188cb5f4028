using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Coroutines.Analyzers.Tests.Blocking;

public sealed class BlockingTableTests
{
    private const string Heading = "[sleep | Park | ZeroTimeout,InMemory | Delay | wait; or not]\n";

    [Fact]
    public async Task Every_member_listed_for_the_framework_is_one_and_its_name_is_that_member_s()
    {
        Compilation compilation = (await TestProject.Create([]).GetCompilationAsync())!;
        var missing = new List<string>();
        foreach (BlockingApi api in BlockingTable.Framework)
        {
            if (DocumentationCommentId.GetFirstSymbolForDeclarationId(api.Id, compilation) is not { } member)
                missing.Add(api.Id);
            else
                Assert.Equal(member.Name, api.Name);
        }

        Assert.Empty(missing);
    }

    [Fact]
    public async Task Members_listed_for_packages_are_not_in_the_framework()
    {
        Compilation compilation = (await TestProject.Create([]).GetCompilationAsync())!;
        Assert.DoesNotContain(
            BlockingTable.Packages,
            api => DocumentationCommentId.GetFirstSymbolForDeclarationId(api.Id, compilation) is not null);
    }

    [Fact]
    public void No_member_stands_in_the_table_twice() => Assert.Distinct(BlockingTable.All.Select(api => api.Id));

    [Fact]
    public void The_table_loses_no_members()
    {
        Assert.InRange(BlockingTable.Framework.Length, 1995, int.MaxValue);
        Assert.InRange(BlockingTable.Packages.Length, 348, int.MaxValue);
    }

    [Fact]
    public void A_heading_holds_for_the_members_below_it()
    {
        var apis = BlockingTable.Parse(new StringReader(Heading + "A.B\n  M C(System.Int32)\n  P D\n\nA.E\n  M #ctor\n")).ToList();
        Assert.Equal(["M:A.B.C(System.Int32)", "P:A.B.D", "M:A.E.#ctor"], apis.Select(api => api.Id));
        BlockingGroup group = Assert.Single(apis.Select(api => api.Group).Distinct());
        Assert.Equal(("sleep", BlockingKind.Park, BlockingFix.Delay, "wait; or not"), (group.Name, group.Kind, group.Fix, group.Advice));
        Assert.Equal(BlockingExemptions.ZeroTimeout | BlockingExemptions.InMemory, group.Exemptions);
    }

    [Theory]
    [InlineData("  M C\n")]
    [InlineData(Heading + "  M C\n")]
    [InlineData("[sleep | Park | - | -]\n")]
    public void A_line_out_of_place_is_refused(string table) =>
        Assert.Throws<FormatException>(() => BlockingTable.Parse(new StringReader(table)).ToList());

    [Theory]
    [InlineData("M:A.B`1.C``2(System.Func{``0,``1},System.Int32)", "C")]
    [InlineData("M:A.B.C(D.E@)", "C")]
    [InlineData("M:A.B.#ctor(D.E@)", ".ctor")]
    [InlineData("P:A.B.C", "C")]
    public void The_name_of_a_row_is_taken_from_its_ID(string id, string name) =>
        Assert.Equal(name, new BlockingApi(id, BlockingGroup.Parse("[g | Park | - | - | advice]")).Name);
}
